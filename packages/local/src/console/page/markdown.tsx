import type { ComponentChildren } from 'preact';
import { CodeBlock } from './code-block.tsx';

/** The little Markdown that our own documents use: headings, lists, tables, fences, bold, code and links. */
export function Markdown({ text }: { readonly text: string }) {
  return <div class="prose">{blocksOf(text).map((block, index) => drawn(block, index))}</div>;
}

type Block = {
  readonly kind: 'fence' | 'table' | 'list' | 'heading' | 'text';
  readonly lines: readonly string[];
};

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: string[] = [];
  let fence: string[] | undefined;
  const close = (): void => {
    if (open.length > 0) blocks.push({ kind: kindOf(open[0] ?? ''), lines: open });
    open = [];
  };
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      if (fence === undefined) close();
      else blocks.push({ kind: 'fence', lines: fence });
      fence = fence === undefined ? [] : undefined;
    } else if (fence !== undefined) fence.push(line);
    else if (line.trim() === '') close();
    else if (/^#+ /.test(line)) {
      close();
      blocks.push({ kind: 'heading', lines: [line.replace(/^#+ /, '')] });
    } else open.push(line);
  }
  close();
  return blocks;
}

function kindOf(line: string): Block['kind'] {
  if (line.startsWith('|')) return 'table';
  return line.startsWith('- ') ? 'list' : 'text';
}

function drawn({ kind, lines }: Block, key: number) {
  switch (kind) {
    case 'fence':
      return <CodeBlock key={key} text={lines.join('\n')} />;
    case 'heading':
      return <h3 key={key}>{inline(lines[0] ?? '')}</h3>;
    case 'list':
      return (
        <ul key={key}>
          {itemsOf(lines).map((item) => (
            <li key={item}>{inline(item)}</li>
          ))}
        </ul>
      );
    case 'table':
      return <Table key={key} lines={lines} />;
    case 'text':
      return <p key={key}>{inline(lines.join(' '))}</p>;
  }
}

/** List items whose lines were wrapped are one again. */
function itemsOf(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (line.startsWith('- ')) items.push(line.slice(2));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return items;
}

function Table({ lines }: { readonly lines: readonly string[] }) {
  const cells = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [head = '', , ...rows] = lines;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by key
    <div class="scroll" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {cells(head).map((cell) => (
              <th scope="col" key={cell}>
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              {cells(row).map((cell) => (
                <td key={cell}>{inline(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const marks = /(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\([^)]+\))/;

/** Links within the repository lead nowhere from here: their words stay. */
function inline(text: string): ComponentChildren {
  return text.split(marks).map((part) => {
    if (part.startsWith('**')) return <b>{part.slice(2, -2)}</b>;
    if (part.startsWith('`')) return <code>{part.slice(1, -1)}</code>;
    const [, words = '', address = ''] = /^\[([^\]]+)\]\((https:[^)]+)\)$/.exec(part) ?? [];
    if (address !== '') return <a href={address}>{words}</a>;
    return part.replace(/^\[([^\]]+)\]\([^)]+\)$/, '$1');
  });
}
