// Files dropped anywhere on a page are given to the server as if they were chosen in the form.
import { say } from "/static/orebook.js";

const link = document.querySelector("[data-most]");
const most = Number(link?.dataset.most || 0);
let depth = 0;

const holds = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

const own = document.querySelector("form[data-drop]"); // a page may have a form that wants the file

function cover(on, words = own?.dataset.drop || "Drop a release to check it, a table to look at it") {
  let sheet = document.getElementById("drop-cover");
  if (on && !sheet) {
    sheet = document.createElement("div");
    sheet.id = "drop-cover";
    sheet.setAttribute("aria-hidden", "true");
    document.body.append(sheet);
  }
  if (sheet) { sheet.textContent = words; sheet.hidden = !on; }
}

function give(files) {
  const size = [...files].reduce((sum, file) => sum + file.size, 0);
  if (most && size > most) {
    cover(true, `More than ${Math.floor(most / 1e6).toLocaleString("en")} MB are not taken at once`);
    say("That is more than is taken at once");
    setTimeout(() => cover(false), 4000);
    return;
  }
  if (own && files.length === 1) {
    own.querySelector("[type=file]").files = files;
    cover(true, `Taking ${files[0].name} …`);
    say("The file is being taken");
    own.submit();
    return;
  }
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/dropped";
  form.enctype = "multipart/form-data";
  form.hidden = true;
  const field = document.createElement("input");
  field.type = "file";
  field.name = "file";
  field.multiple = true;
  field.files = files;
  form.append(field);
  document.body.append(form);
  cover(true, files.length === 1 ? `Taking ${files[0].name} …` : `Taking ${files.length} files …`);
  say("The files are being taken");
  form.submit();
}

if (link) {
  addEventListener("dragenter", (event) => { if (holds(event)) { depth += 1; cover(true); event.preventDefault(); } });
  addEventListener("dragover", (event) => { if (holds(event)) event.preventDefault(); });
  addEventListener("dragleave", (event) => { if (holds(event)) { depth = Math.max(depth - 1, 0); if (!depth) cover(false); } });
  addEventListener("drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    depth = 0;
    if (event.dataTransfer.files.length) give(event.dataTransfer.files); else cover(false);
  });
  addEventListener("pageshow", () => cover(false));
}
