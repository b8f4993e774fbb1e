"use client";

import { X } from "lucide-react";
import {
  createContext,
  type FocusEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { IconButton } from "./icon-button";

export interface ToastContent {
  message: string;
  tone?: "plain" | "error";
  action?: { label: string; onAction: () => void };
}

export interface Toasts {
  /** Shows a message and returns its id. The newest three stay. */
  show: (content: ToastContent) => number;
  dismiss: (id: number) => void;
}

interface Toast extends ToastContent {
  id: number;
}

const toastLifeMilliseconds = 8_000;
const toastsAtOnceMax = 3;
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

/**
 * Holds the toasts and their one polite live region. A toast goes after 8 s, counted anew when the
 * pointer or the focus leaves the region. Focus inside a toast that goes returns to where it was.
 */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Toast[]>([]);
  const lastId = useRef(0);

  const dismiss = useCallback((id: number) => {
    setShown((before) => before.filter((toast) => toast.id !== id));
  }, []);

  const show = useCallback((content: ToastContent) => {
    lastId.current += 1;
    const toast = { ...content, id: lastId.current };
    setShown((before) => [...before, toast].slice(-toastsAtOnceMax));
    return toast.id;
  }, []);

  const toasts = useMemo(() => ({ show, dismiss }), [show, dismiss]);

  return (
    <ToastContext value={toasts}>
      {children}
      <ToastRegion shown={shown} dismiss={dismiss} />
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
      aria-live="polite"
      aria-relevant="additions text"
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onFocus={enter}
      onBlur={leave}
      className="pointer-events-none fixed inset-x-4 bottom-[max(1rem,env(safe-area-inset-bottom))] z-50 flex flex-col items-center gap-2"
    >
      {shown.map((toast) => (
        <ToastRow key={toast.id} toast={toast} paused={hovered || focused} close={close} />
      ))}
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
  }, [toast.id, paused]);

  const { action } = toast;
  return (
    <div className="pointer-events-auto flex w-full max-w-112 animate-rise items-center gap-2 rounded-md bg-surface py-1.5 ps-4 pe-1.5 text-ink shadow-raised">
      <p className={`line-clamp-3 min-w-0 flex-1 ${toast.tone === "error" ? "text-danger" : ""}`}>
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
