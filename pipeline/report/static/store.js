// What the page carries: inflated once, texts when they are first looked at.

async function inflate(packed) {
  const bytes = Uint8Array.from(atob(packed.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

const store = { texts: new Map() };

async function openStore() {
  Object.assign(store, await inflate(document.getElementById("data").textContent));
  NAMES.damage = store.damage;
}

// the segments of a document as arrays of characters, for offsets count characters and JavaScript's count halves of them
function textOf(number) {
  if (!store.texts.has(number)) {
    const node = document.querySelector(`script[data-text="${Number(number)}"]`);
    const read = node
      ? inflate(node.textContent).then((text) => ({ segments: text.s.map(([start, s]) => ({ start, chars: Array.from(s) })), repairs: text.r }))
      : Promise.resolve({ segments: [], repairs: [] });
    store.texts.set(number, read);
  }
  return store.texts.get(number);
}

const DOC = { title: 0, type: 1, issuer: 2, number: 3, date: 4, source: 5, status: 6, group: 7, year: 8, url: 9, chars: 10, repairs: 11, damage: 12, error: 13, hasText: 14, name: 15, short: 16, id: 17 };
const docOf = (number, column) => store.docs[number][DOC[column]];
// names of documents differ from each other; Python gives the untitled ones theirs (names.py)
const titleOf = (number) => docOf(number, "name");
const groupOf = (number) => store.groups[docOf(number, "group")] || "";
// 涞水县 2020: short enough for the edge of a matrix
const shortName = (number) => docOf(number, "short");
// both where the name does not say place and year itself
const longName = (number) => (shortName(number).split(" ").every((word) => titleOf(number).includes(word)) ? titleOf(number) : `${shortName(number)} ${titleOf(number)}`);
const placeOf = (ref) => ({ doc: store.places.doc[ref], start: store.places.start[ref], end: store.places.end[ref] });
// the id of the row of a table that a place is of; a word found in a text has none
const rowOf = (ref) => (store.places.row[ref] ? `${docOf(store.places.doc[ref], "id")}.${store.places.row[ref]}` : "");
