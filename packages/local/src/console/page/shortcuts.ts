import { useEffect } from 'preact/hooks';
import type { Client } from './client.ts';

/** Single keys, for people who walk through many sessions; they rest while somebody types. */
export const shortcuts = [
  ['n', 'Next event'],
  ['h', 'One hour on'],
  ['d', 'One day on'],
  ['s', 'New session'],
  ['r', 'Write as the patient'],
  ['?', 'This list'],
] as const;

const memory = 'aftercare.single-keys';

export function singleKeysOn(): boolean {
  return window.localStorage.getItem(memory) !== 'off';
}

export function setSingleKeys(on: boolean): void {
  window.localStorage.setItem(memory, on ? 'on' : 'off');
}

export function useShortcuts(client: Client, onHelp: () => void): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') {
        onHelp();
        return;
      }
      if (!singleKeysOn() || document.querySelector('dialog[open]') !== null) return;
      if (run(client, event.key)) event.preventDefault();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [client]);
}

function run(client: Client, key: string): boolean {
  const { setup, busy } = client.store.get();
  const moves = setup?.emulated === true && !setup.live && busy === undefined;
  switch (key) {
    case 'n':
      if (moves) void client.toNextEvent();
      return true;
    case 'h':
      if (moves) void client.moveClock({ advanceBy: 'PT1H' }, '+1 h');
      return true;
    case 'd':
      if (moves) void client.moveClock({ advanceBy: 'P1D' }, '+1 day');
      return true;
    case 's':
      client.store.set({ composing: { mode: 'new' }, problem: undefined });
      return true;
    case 'r':
      document.getElementById('reply')?.focus();
      return true;
    default:
      return false;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}
