"use strict";
const video = document.getElementById("video");
const state = document.getElementById("state");
const now = document.getElementById("now");

function size(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit++;
  }
  return `${bytes.toFixed(unit && bytes < 100 ? 1 : 0)} ${units[unit]}`;
}

function play(base, film) {
  document.getElementById("screen").hidden = false;
  const url = new URL(film.play, base).href;
  const type = { m3u8: "application/vnd.apple.mpegurl", mpd: "application/dash+xml" }[film.play.split(".").pop()];
  if (type && !video.canPlayType(type)) {
    now.textContent = `This browser does not play ${type}; open ${url} in VLC.`;
    return;
  }
  now.textContent = film.name;
  video.src = url;
  video.play().catch((problem) => { now.textContent = `${film.name}: ${problem.message}`; });
  video.scrollIntoView({ behavior: "smooth" });
}

function card(base, film) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  const name = document.createElement("strong");
  const more = document.createElement("small");
  name.textContent = film.name;
  more.textContent = `${size(film.length)} · ${film.play ? "play" : "not playable here"}`;
  button.append(name, more);
  button.disabled = !film.play;
  button.addEventListener("click", () => play(base, film));
  item.append(button);
  return item;
}

async function list() {
  const base = await (await fetch("gateway")).text();
  if (!base) {
    state.textContent = "films come back in a moment";
    return;
  }
  const films = (await (await fetch(new URL("film/", base))).json()).objects;
  document.getElementById("films").replaceChildren(...films.map((film) => card(base, film)));
  state.textContent = films.length ? `${films.length} from the neighbourhood` : "nothing stored yet";
}

async function refresh() {
  try {
    await list();
  } catch (problem) {
    state.textContent = "films come back in a moment";
  }
}

video.addEventListener("error", () => {
  now.textContent = `can't play: ${video.error ? video.error.message : "unknown"}`;
});

setInterval(() => {
  if (!video.paused && video.buffered.length) {
    const ahead = Math.max(0, Math.floor(video.buffered.end(video.buffered.length - 1) - video.currentTime));
    fetch(`playing?${ahead}`, { method: "POST" });
  }
}, 3000);
setInterval(refresh, 15000);
refresh();
