// Questions to the server that carry the session's token, and answers that are either content or a refusal in words.

const headers = () => ({
  Accept: "application/json",
  "X-Requested-With": "fetch",
  "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
});

export class Refused extends Error {}

async function answered(response) {
  const content = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(content.error?.message ?? response.statusText);
  return content;
}

export const ask = (address) => fetch(address, { headers: headers() }).then(answered);

export const send = (address, form) => fetch(address, { method: "POST", body: form, headers: headers() }).then(answered);

// After signing in again elsewhere the token of this page is worth nothing; the page itself need not be lost for that.
export async function renewToken() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector('meta[name="csrf-token"]');
  if (fresh) document.querySelector('meta[name="csrf-token"]').content = fresh.content;
}

export { headers };
