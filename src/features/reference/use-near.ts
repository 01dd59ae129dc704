'use client';
import { useEffect, useRef, useState, type RefObject } from 'react';

/** Whether an element has come near the part of the page that is in sight; stays true from then on. */
export function useNear<T extends HTMLElement>(): readonly [RefObject<T | null>, boolean] {
  const element = useRef<T>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        setNear(true);
      },
      { root: watched.closest('[data-scroller]'), rootMargin: '300px' },
    );
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return [element, isNear];
}
