"use strict";
/* The screen: one film over the whole page, led by a remote control's keys. */
const Player = (() => {
  const STEP = 10, LONG = 60, QUIET_AFTER = 4000, RETRY_AFTER = 2000, RETRIES = 30;
  const id = (name) => document.getElementById(name);
  const screen = id("screen"), video = id("video"), seek = id("seek"), notice = id("notice");
  let film = null, retries = 0, resumeAt = 0, quiet = 0, again = 0;

  const clock = (seconds) => {
    if (!Number.isFinite(seconds)) return "–:––";
    const s = Math.floor(seconds), two = (n) => String(n).padStart(2, "0");
    return s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  };

  const wake = () => {
    screen.classList.remove("quiet");
    clearTimeout(quiet);
    quiet = setTimeout(() => { if (!video.paused && !notice.textContent) screen.classList.add("quiet"); }, QUIET_AFTER);
  };

  const bufferedEnd = () => {
    for (let i = 0; i < video.buffered.length; i++) {
      if (video.buffered.start(i) <= video.currentTime + 0.5 && video.currentTime <= video.buffered.end(i)) return video.buffered.end(i);
    }
    return video.currentTime;
  };

  const show = () => {
    const whole = video.duration, at = video.currentTime;
    const share = (seconds) => `${Number.isFinite(whole) && whole > 0 ? Math.min(100, 100 * seconds / whole) : 0}%`;
    id("position").textContent = clock(at);
    id("duration").textContent = clock(whole);
    id("what").textContent = video.paused && !notice.textContent ? "paused" : "";
    id("played").style.width = share(at);
    id("loaded").style.width = share(bufferedEnd());
    seek.setAttribute("aria-valuemax", Number.isFinite(whole) ? Math.floor(whole) : 0);
    seek.setAttribute("aria-valuenow", Math.floor(at));
    seek.setAttribute("aria-valuetext", `${clock(at)} of ${clock(whole)}`);
  };

  const start = () => {
    video.src = film.url;
    video.play().catch((problem) => {
      if (problem.name === "NotAllowedError") notice.textContent = "Press OK to play";
    });
  };

  const play = (chosen) => {
    film = chosen;
    retries = 0;
    resumeAt = 0;
    id("title").textContent = film.name;
    notice.textContent = "";
    screen.hidden = false;
    document.body.style.overflow = "hidden";
    seek.focus();
    const type = { m3u8: "application/vnd.apple.mpegurl", mpd: "application/dash+xml" }[film.url.split(".").pop()];
    if (type && !video.canPlayType(type)) {
      notice.textContent = `This browser does not play ${type}. Open ${film.url} in another player.`;
      return;
    }
    start();
    wake();
  };

  const close = () => {
    clearTimeout(again);
    clearTimeout(quiet);
    film = null;
    video.removeAttribute("src");
    video.load();
    screen.hidden = true;
    document.body.style.overflow = "";
    document.dispatchEvent(new Event("closed"));
  };

  const to = (seconds) => {
    const end = Number.isFinite(video.duration) ? video.duration - 0.5 : seconds;
    video.currentTime = Math.max(0, Math.min(end, seconds));
  };

  const toggle = () => {
    notice.textContent = "";
    if (video.ended) to(0);
    if (video.paused) video.play().catch((problem) => { notice.textContent = problem.message; });
    else video.pause();
  };

  const keys = {
    ArrowLeft: () => to(video.currentTime - STEP), ArrowRight: () => to(video.currentTime + STEP),
    ArrowDown: () => to(video.currentTime - LONG), ArrowUp: () => to(video.currentTime + LONG),
    MediaRewind: () => to(video.currentTime - LONG), MediaFastForward: () => to(video.currentTime + LONG),
    Home: () => to(0), End: () => to(video.duration), Enter: toggle, " ": toggle, MediaPlayPause: toggle,
    Escape: close, Backspace: close, GoBack: close, BrowserBack: close, MediaStop: close,
  };

  document.addEventListener("keydown", (event) => {
    if (!film || event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
    wake();
    show();
  });

  seek.addEventListener("click", (event) => {
    const box = seek.getBoundingClientRect();
    to(video.duration * (event.clientX - box.left) / box.width);
  });
  video.addEventListener("click", toggle);
  screen.addEventListener("mousemove", wake);
  for (const name of ["timeupdate", "progress", "durationchange", "pause", "play", "seeked", "ended"]) video.addEventListener(name, show);
  video.addEventListener("pause", wake);
  video.addEventListener("waiting", () => { id("what").textContent = "loading…"; });
  video.addEventListener("playing", () => { notice.textContent = ""; wake(); });
  video.addEventListener("timeupdate", () => {
    if (video.currentTime > resumeAt + 1) retries = 0;
    if (video.currentTime > 0) resumeAt = video.currentTime;
  });
  video.addEventListener("ended", () => { notice.textContent = "The end"; wake(); });
  video.addEventListener("loadedmetadata", () => { if (resumeAt > 0) video.currentTime = resumeAt; });

  /* A gateway that is replaced drops its sockets: go on where it stopped. */
  video.addEventListener("error", () => {
    if (!film || !video.error) return;
    wake();
    if (retries++ < RETRIES) {
      notice.textContent = "One moment…";
      again = setTimeout(() => { if (film) start(); }, RETRY_AFTER);
    } else {
      notice.textContent = `${film.name} can't be played now: ${video.error.message || "no bytes came"}`;
    }
  });

  return { play, isOpen: () => film !== null, isPlaying: () => film !== null && !video.paused && !video.ended, ahead: () => Math.max(0, Math.floor(bufferedEnd() - video.currentTime)) };
})();
