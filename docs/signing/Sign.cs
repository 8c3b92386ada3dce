// Signs and sends one request with nothing but .NET 8 or newer (top-level program).
// usage: AFTERCARE_SECRET=whsec_... dotnet run -- METHOD URL [body.json]
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

if (args.Length < 2 || Environment.GetEnvironmentVariable("AFTERCARE_SECRET") is not { } secret)
{
    Console.Error.WriteLine("usage: AFTERCARE_SECRET=whsec_... dotnet run -- METHOD URL [body.json]");
    return 2;
}

var method = args[0];
var url = new Uri(args[1]);
// Exactly the bytes that will be sent. Without a body, METHOD path?query is signed in its place.
byte[]? body = args.Length > 2 ? await File.ReadAllBytesAsync(args[2]) : null;

var id = $"msg_{Guid.NewGuid()}";
var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString();
var payload = body ?? Encoding.UTF8.GetBytes($"{method} {url.PathAndQuery}");
var key = Convert.FromBase64String(secret["whsec_".Length..]);
byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. payload];
var signature = Convert.ToBase64String(HMACSHA256.HashData(key, signed));

using var request = new HttpRequestMessage(new HttpMethod(method), url);
request.Headers.Add("webhook-id", id);
request.Headers.Add("webhook-timestamp", timestamp);
request.Headers.Add("webhook-signature", $"v1,{signature}");
if (body is not null)
{
    request.Content = new ByteArrayContent(body);
    request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
}

using var client = new HttpClient();
using var response = await client.SendAsync(request);
Console.WriteLine(await response.Content.ReadAsStringAsync());
return response.IsSuccessStatusCode ? 0 : 1;
