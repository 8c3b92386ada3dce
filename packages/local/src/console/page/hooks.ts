import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConsoleState, Store } from './state.ts';

/** The console's state, drawn anew whenever it changes. */
export function useConsole(store: Store): ConsoleState {
  const [state, setState] = useState(store.get());
  useEffect(() => {
    setState(store.get());
    return store.listen(() => setState(store.get()));
  }, [store]);
  return state;
}

/** This system's time in epoch ms, each second anew. */
export function useNowMs(leadMs: number): number {
  const [wallMs, setWallMs] = useState(Date.now());
  useEffect(() => {
    setWallMs(Date.now());
    const timer = window.setInterval(() => setWallMs(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, [leadMs]);
  return wallMs + leadMs;
}

/** The part of the address behind `#`, without `#/`. */
export function useHash(): string {
  const read = (): string => window.location.hash.replace(/^#\/?/, '');
  const [hash, setHash] = useState(read());
  useEffect(() => {
    const listener = (): void => setHash(read());
    window.addEventListener('hashchange', listener);
    return () => window.removeEventListener('hashchange', listener);
  }, []);
  return hash;
}

/** The width that a chart may take, in CSS pixels. */
export function useWidth(): readonly [{ current: HTMLDivElement | null }, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (ref.current === null) return;
    const observer = new ResizeObserver((entries) => setWidth(entries[0]?.contentRect.width ?? 0));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
