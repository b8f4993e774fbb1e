import { guides } from "./guides";

const linkLook =
  "block rounded-sm px-2 py-1 text-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink pointer-coarse:py-3";

/** Links to the reference and to every guide, the page one is on marked. */
export function GuideLinks({ current }: { current: string }) {
  const pages = [{ path: "/docs", title: "API reference" }, ...guides];
  return (
    <ul>
      {pages.map(({ path, title }) => (
        <li key={path}>
          <a href={path} aria-current={path === current ? "page" : undefined} className={linkLook}>
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}
