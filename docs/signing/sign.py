"""Signs and sends one request with nothing but Python 3.8 or newer.

usage: AFTERCARE_SECRET=whsec_... python3 sign.py METHOD URL [body.json]
"""
import base64
import hashlib
import hmac
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid


def sign(secret: str, method: str, url: str, body: "bytes | None", now: float) -> "dict[str, str]":
    """`body`: exactly the bytes that will be sent. Without one, METHOD path?query is signed in its place."""
    message_id = f"msg_{uuid.uuid4()}"
    timestamp = str(int(now))
    if body is None:
        parts = urllib.parse.urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        body = f"{method} {parts.path}{query}".encode()
    key = base64.b64decode(secret[len("whsec_"):])
    digest = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }


def main() -> None:
    method, url = sys.argv[1], sys.argv[2]
    body = open(sys.argv[3], "rb").read() if len(sys.argv) > 3 else None
    headers = sign(os.environ["AFTERCARE_SECRET"], method, url, body, time.time())
    if body is not None:
        headers["content-type"] = "application/json"
    request = urllib.request.Request(url, data=body, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            print(response.read().decode())
    except urllib.error.HTTPError as error:
        print(error.read().decode())
        sys.exit(1)


if __name__ == "__main__":
    main()
