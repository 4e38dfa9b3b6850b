// Questions on top of the page: links to a dialog's id open it properly (focus kept inside, Escape closes).
// Without a script the same links open it by the fragment of the address.

export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector("input:not([type=hidden]), textarea")?.focus();
}

export function wireDialogs(root = document) {
  root.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const closer = event.target.closest("[data-dialog-close]");
    if (!opener && !closer) return;
    event.preventDefault();
    if (opener) openDialog(opener.dataset.dialog);
    else closer.closest("dialog").close();
  });
}
