/** Text as it is typed. It scrolls, so it must be reachable by key. */
export function CodeBlock({ text }: { readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <pre tabIndex={0}>{text}</pre>
  );
}
