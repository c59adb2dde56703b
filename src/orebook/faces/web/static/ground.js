// Before anything is drawn: the ground that this browser was told to have.
try {
  const ground = localStorage.getItem("ground");
  if (ground) document.documentElement.dataset.ground = ground;
} catch { /* no storage, then the machine's own */ }
