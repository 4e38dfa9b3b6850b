// What was dropped: the papers themselves, and everything inside folders, however deep.

const HIDDEN = /^(\.|Thumbs\.db$|desktop\.ini$)/i;

// `dataTransfer` empties itself at the first await, so every entry is taken before anything is waited for.
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  const found = await Promise.all(entries.map(contentsOf));
  return found.flat();
}

async function contentsOf(entry) {
  if (HIDDEN.test(entry.name)) return [];
  if (entry.isFile) return [await named(entry)];
  const inside = await Promise.all((await listed(entry.createReader())).map(contentsOf));
  return inside.flat();
}

async function named(entry) {
  const content = await new Promise((resolve, reject) => entry.file(resolve, reject));
  content.fullPath = entry.fullPath.replace(/^\//, "");
  return content;
}

// A reader hands out a hundred entries at a time, until it hands out none.
async function listed(reader) {
  const entries = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return entries;
    entries.push(...some);
  }
}
