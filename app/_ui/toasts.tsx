"use client";

import { X } from "lucide-react";
import {
  createContext,
  type FocusEvent,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { IconButton } from "./icon-button";

export interface ToastContent {
  message: ReactNode;
  tone?: "plain" | "error";
  action?: { label: string; onAction: () => void };
}

export interface Toasts {
  /**
   * Shows a message and returns its id. It takes the place of the toast with the id `instead`, where
   * that one still stands, and of one that says the same.
   */
  show: (content: ToastContent, instead?: number) => number;
  isShown: (id: number) => boolean;
  dismiss: (id: number) => void;
}

interface Toast extends ToastContent {
  id: number;
}

const toastLifeMilliseconds = 8_000;
const ToastContext = createContext<Toasts | null>(null);

/**
 * The toasts of this page.
 *
 * @throws Error outside ToastProvider
 */
export function useToasts(): Toasts {
  const toasts = useContext(ToastContext);
  if (!toasts) {
    throw new Error("useToasts needs a ToastProvider above it.");
  }
  return toasts;
}

function saysTheSame(toast: Toast, { message, action }: ToastContent): boolean {
  return typeof message === "string" && toast.message === message && !action && !toast.action;
}

/**
 * Holds the toasts and their one polite live region. A toast goes after 8 s, counted again when it
 * says something else, or the pointer or the focus leaves the region; no other toast makes it go
 * sooner. Focus inside a toast that goes returns to where it was.
 */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Toast[]>([]);
  const latest = useRef<readonly Toast[]>([]);
  const lastId = useRef(0);

  const toasts = useMemo(() => {
    function set(next: readonly Toast[]) {
      latest.current = next;
      setShown(next);
    }

    function show(content: ToastContent, instead?: number): number {
      const known = latest.current.find(
        (toast) => toast.id === instead || saysTheSame(toast, content),
      );
      if (known) {
        const toast = { ...content, id: known.id };
        set(latest.current.map((other) => (other === known ? toast : other)));
        return known.id;
      }
      lastId.current += 1;
      set([...latest.current, { ...content, id: lastId.current }]);
      return lastId.current;
    }

    return {
      show,
      isShown: (id: number) => latest.current.some((toast) => toast.id === id),
      dismiss: (id: number) => set(latest.current.filter((toast) => toast.id !== id)),
    };
  }, []);

  return (
    <ToastContext value={toasts}>
      {children}
      <ToastRegion shown={shown} dismiss={toasts.dismiss} />
    </ToastContext>
  );
}

function ToastRegion({
  shown,
  dismiss,
}: {
  shown: readonly Toast[];
  dismiss: (id: number) => void;
}) {
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const cameFrom = useRef<HTMLElement | null>(null);
  const list = useRef<HTMLDivElement>(null);

  // A toast can also be taken away from under the focus.
  useEffect(() => {
    if (!focused || list.current?.contains(document.activeElement)) {
      return;
    }
    setFocused(false);
    if (document.activeElement === document.body) {
      returnFocus();
    }
  });

  function enter(event: FocusEvent<HTMLElement>) {
    const origin = event.relatedTarget;
    const fromOutside = origin instanceof HTMLElement && !event.currentTarget.contains(origin);
    if (fromOutside) {
      cameFrom.current = origin;
    }
    setFocused(true);
  }

  function leave(event: FocusEvent<HTMLElement>) {
    if (!event.currentTarget.contains(event.relatedTarget)) {
      setFocused(false);
    }
  }

  /** Back to where it was; into the page where that is gone or was outside it, never nowhere. */
  function returnFocus() {
    const origin = cameFrom.current?.isConnected ? cameFrom.current : null;
    cameFrom.current = null;
    const target = origin ?? document.getElementById("content");
    target?.focus({ preventScroll: true });
  }

  function close(id: number) {
    if (focused) {
      returnFocus();
    }
    setFocused(false);
    setHovered(false);
    dismiss(id);
  }

  return (
    <section
      aria-label="Notifications"
      // Not only on entering: a toast that is removed under the pointer fires no event of leaving.
      onPointerMove={() => setHovered(true)}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onFocus={enter}
      onBlur={leave}
      className="pointer-events-none fixed inset-x-0 bottom-0 z-50"
    >
      <div
        ref={list}
        role="status"
        aria-live="polite"
        aria-atomic="false"
        aria-relevant="additions text"
        className="flex max-h-[50dvh] flex-col items-center gap-2 overflow-y-auto px-4 pt-6 pb-[max(1rem,env(safe-area-inset-bottom))]"
      >
        {shown.map((toast) => (
          <ToastRow key={toast.id} toast={toast} paused={hovered || focused} close={close} />
        ))}
      </div>
    </section>
  );
}

function ToastRow({
  toast,
  paused,
  close,
}: {
  toast: Toast;
  paused: boolean;
  close: (id: number) => void;
}) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const list = row.current?.parentElement;
    list?.scrollTo({ top: list.scrollHeight });
  }, []);

  const closeNow = useRef(close);
  useEffect(() => {
    closeNow.current = close;
  });

  useEffect(() => {
    if (paused) {
      return;
    }
    const timer = setTimeout(() => closeNow.current(toast.id), toastLifeMilliseconds);
    return () => clearTimeout(timer);
  }, [toast, paused]);

  const { action } = toast;
  return (
    <div
      ref={row}
      className="pointer-events-auto flex w-full max-w-112 animate-rise items-center gap-2 rounded-md bg-surface py-1.5 ps-4 pe-1.5 text-ink shadow-raised"
    >
      <p
        aria-atomic="true"
        className={`line-clamp-6 min-w-0 flex-1 ${toast.tone === "error" ? "text-danger" : ""}`}
      >
        {toast.message}
      </p>
      {action ? (
        <button
          type="button"
          onClick={() => {
            close(toast.id);
            action.onAction();
          }}
          className="min-h-8 shrink-0 rounded-sm px-3 font-semibold text-accent transition-colors hover:bg-hover pointer-coarse:min-h-11"
        >
          {action.label}
        </button>
      ) : null}
      <IconButton icon={X} label="Dismiss" onClick={() => close(toast.id)} />
    </div>
  );
}
