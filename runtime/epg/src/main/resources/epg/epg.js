"use strict";
/* The shelf: films as cards, chosen by the arrows; refreshed in place, so that the focus stays. */
const REFRESH = 15000, SOON = 2000, TELL = 3000, MOST_PAGES = 20;
const state = document.getElementById("state");
const films = document.getElementById("films");
const cards = new Map();
let chosen = null;

function size(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit++;
  }
  return `${bytes.toFixed(unit && bytes < 100 ? 1 : 0)} ${units[unit]}`;
}

function makeCard(name) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  const title = document.createElement("strong");
  const more = document.createElement("small");
  title.textContent = name;
  button.append(title, more);
  item.append(button);
  const card = { item, button, more, film: null };
  button.addEventListener("click", () => {
    chosen = button;
    if (card.film.url) Player.play(card.film);
    else state.textContent = `${name} is no film that plays here`;
  });
  return card;
}

function fill(card, film) {
  card.film = film;
  const more = `${size(film.length)}${film.url ? "" : " · not playable here"}`;
  if (card.more.textContent !== more) card.more.textContent = more;
  card.button.setAttribute("aria-disabled", String(!film.url));
}

/* Cards that stay are not touched: neither focus nor place changes under the viewer's hand. */
function show(list) {
  const names = new Set(list.map((film) => film.name));
  for (const [name, card] of cards) {
    if (names.has(name)) continue;
    const next = card.item.nextElementSibling || card.item.previousElementSibling;
    if (card.button === document.activeElement && next) next.firstElementChild.focus();
    card.item.remove();
    cards.delete(name);
  }
  list.forEach((film, i) => {
    if (!cards.has(film.name)) cards.set(film.name, makeCard(film.name));
    const card = cards.get(film.name);
    fill(card, film);
    if (films.children[i] !== card.item) films.insertBefore(card.item, films.children[i] || null);
  });
  if (!Player.isOpen() && document.activeElement === document.body && films.firstElementChild) films.firstElementChild.firstElementChild.focus();
}

async function json(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(20000) });
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).trim()}`);
  return answer.json();
}

async function list() {
  const base = await (await fetch("gateway")).text();
  if (!base) throw new Error("no gateway");
  const all = [];
  let next = "film/";
  for (let page = 0; next && page < MOST_PAGES; page++) {
    const got = await json(new URL(next, base));
    all.push(...got.objects.map((film) => ({ ...film, url: film.play && new URL(film.play, base).href })));
    next = got.next;
  }
  return all;
}

async function refresh() {
  let wait = REFRESH;
  try {
    const all = await list();
    show(all);
    const text = all.length === 0 ? "nothing stored yet" : `${all.length} from the neighbourhood`;
    if (state.textContent !== text) state.textContent = text;
  } catch (problem) {
    state.textContent = "films come back in a moment";
    wait = SOON;
  }
  setTimeout(refresh, wait);
}

/* The nearest card in that direction, by where they are on the page. */
function neighbour(from, key) {
  const a = from.getBoundingClientRect();
  let best = null, least = Infinity;
  for (const { button } of cards.values()) {
    const b = button.getBoundingClientRect();
    const dx = b.left - a.left, dy = b.top - a.top;
    const along = { ArrowLeft: -dx, ArrowRight: dx, ArrowUp: -dy, ArrowDown: dy }[key];
    const across = Math.abs(key === "ArrowLeft" || key === "ArrowRight" ? dy : dx);
    if (along > 1 && along + 4 * across < least) {
      least = along + 4 * across;
      best = button;
    }
  }
  return best;
}

document.addEventListener("keydown", (event) => {
  if (Player.isOpen() || !event.key.startsWith("Arrow")) return;
  event.preventDefault();
  const from = films.contains(document.activeElement) ? document.activeElement : null;
  const to = from ? neighbour(from, event.key) : films.querySelector("button");
  if (to) to.focus();
});

document.addEventListener("closed", () => { if (chosen && chosen.isConnected) chosen.focus(); });

setInterval(() => {
  if (Player.isPlaying()) fetch(`playing?${Player.ahead()}`, { method: "POST" }).catch(() => { state.textContent = "the box does not answer"; });
}, TELL);
refresh();
