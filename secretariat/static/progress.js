// How far long work has come is looked up every three seconds, and told where it stands on the page. Without this one
// looks again oneself.

const frame = document.querySelector("[data-follow]");

async function look() {
  try {
    const answer = await fetch(location.href);
    if (answer.redirected) return location.reload(); // signed out meanwhile: the way back leads here
    if (!answer.ok) throw new Error(answer.status);
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    const still = now.querySelector("[data-follow]");
    if (!still) {
      document.querySelector("main").replaceChildren(...now.querySelector("main").children);
      return;
    }
    if (still.innerHTML !== frame.innerHTML) frame.replaceChildren(...still.childNodes);
  } catch {
    // no line: it is tried again
  }
  setTimeout(look, 3000);
}

if (frame) setTimeout(look, 3000);
