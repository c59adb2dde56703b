// Why a number is so: links to it open in a dialog over the page; without scripts they are pages of their own.
let box;

function dialog() {
  if (box) return box;
  box = document.createElement("dialog");
  box.id = "why";
  box.setAttribute("aria-label", "Why this number");
  const body = document.createElement("div");
  body.id = "why-body";
  body.tabIndex = -1;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => box.close());
  box.append(body, close);
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  document.body.append(box);
  return box;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-why]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const open = dialog();
  const body = open.querySelector("#why-body");
  body.textContent = "Looking …";
  if (!open.open) open.showModal();
  try {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    body.innerHTML = await answer.text();
  } catch {
    body.textContent = "The server does not answer.";
  }
  open.scrollTop = 0;
  body.focus();
});
