// The note about what was just decided goes away by itself, but not while somebody reads or reaches for it.

const SHOWN_FOR_MS = 10_000;

export function wireToast() {
  const toast = document.querySelector("[data-toast]");
  if (!toast) return;
  let timer = 0;
  const leave = () => toast.remove();
  const start = () => (timer = setTimeout(leave, SHOWN_FOR_MS));
  const stay = () => clearTimeout(timer);
  toast.querySelector("[data-toast-close]").addEventListener("click", leave);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
  start();
}
