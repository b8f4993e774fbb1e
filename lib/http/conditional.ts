import "server-only";
import type { HasPage } from "@/lib/operations/operation";

const versionMax = 2 ** 31 - 1;

// RFC 9110, section 8.8.3.
const entityTag = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;
const entityTagList = new RegExp(`^[ \\t,]*(${entityTag.source}[ \\t]*(,[ \\t,]*|$))*$`);

/** The entity tag of a version: strong, so that `If-Match` can name it. */
export function versionTag(version: number): string {
  return `"${version}"`;
}

/** The entity tag of a page: weak, because `If-Match` is not for it. */
export function pageTag(tag: string): string {
  return `W/"${tag}"`;
}

/**
 * The versions that a request's `If-Match` accepts, compared strongly (RFC 9110, section 13.1.1).
 *
 * @returns undefined without the header, and for `*`, which any version matches; no version where
 *   the header names none of ours
 */
export function ifMatch(request: Request): number[] | undefined {
  const header = request.headers.get("if-match");
  if (header === null || header.trim() === "*") {
    return undefined;
  }
  return listedTags(header).flatMap(([, weak, tag = ""]) => {
    const version = Number(tag.slice(1, -1));
    return weak === undefined && tag === versionTag(version) && version <= versionMax
      ? [version]
      : [];
  });
}

/** Finds out whether the sender of a GET has the page of a tag; undefined where it names no tags. */
export function hasPage(request: Request): HasPage {
  return request.headers.has("if-none-match") ? (tag) => isFresh(request, pageTag(tag)) : undefined;
}

/** Whether the sender of a GET has the answer of this entity tag already (RFC 9110, section 13.1.2). */
export function isFresh(request: Request, tag: string): boolean {
  const header = request.headers.get("if-none-match");
  if (header === null) {
    return false;
  }
  const opaque = tag.replace(/^W\//, "");
  return header.trim() === "*" || listedTags(header).some(([, , other]) => other === opaque);
}

/** The entity tags of a header, each as a match of `entityTag`; none when it is not a list of them. */
function listedTags(header: string): RegExpExecArray[] {
  return entityTagList.test(header) ? [...header.matchAll(entityTag)] : [];
}
