// What is being written in a paragraph is kept at the server for its writer alone, some seconds after the last key.
// What is too long for that is told at once. Without this nothing is kept before it is saved.

const frame = document.querySelector("[data-keep]");
const form = frame?.querySelector("form");
const told = frame?.querySelector("[data-kept]");
let waiting, last;

async function keep() {
  const data = new FormData(form);
  const now = new URLSearchParams(data).toString();
  if (now === last) return;
  try {
    const answer = await fetch(frame.dataset.keep, { method: "POST", body: data, redirect: "error" });
    told.classList.toggle("due", answer.status === 413);
    if (answer.status === 413) told.textContent = told.dataset.long;
    if (answer.status !== 204) return;
    last = now;
    told.textContent = told.dataset.kept;
  } catch {
    // no line: the next key tries again
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  told.textContent = "";
  waiting = setTimeout(keep, 3000);
});
form?.addEventListener("submit", () => clearTimeout(waiting));
