import { useState } from 'preact/hooks';

/** Copies what `read` answers and says so. */
export function Copy(props: { readonly label: string; readonly read: () => Promise<string> }) {
  const [done, setDone] = useState<string>();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(await props.read());
      setDone('Copied');
    } catch {
      setDone('The browser does not let this page copy');
    }
    window.setTimeout(() => setDone(undefined), 2000);
  };
  return (
    <button type="button" class="plain" onClick={copy}>
      {done ?? props.label}
    </button>
  );
}
