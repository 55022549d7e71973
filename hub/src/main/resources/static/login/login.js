// The login page: log in, and set a new password where the hub asks for one.
const $ = (id) => document.getElementById(id);
const UNREACHABLE = "The hub cannot be reached. Check that it is running, then try again.";

function cookie(name) {
  const entry = document.cookie.split("; ").find((pair) => pair.startsWith(name + "="));
  return entry ? decodeURIComponent(entry.slice(name.length + 1)) : "";
}

async function post(path, body) {
  let response;
  try {
    response = await fetch("/api/v1" + path, {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json", accept: "application/json, application/problem+json", "X-XSRF-TOKEN": cookie("XSRF-TOKEN") },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error(UNREACHABLE);
  }
  if (response.ok) {
    return response.status === 204 ? {} : response.json();
  }
  throw new Error(await explain(response));
}

async function explain(response) {
  if (response.status === 401) return "User name or password is wrong. After several wrong tries the hub waits longer each time.";
  if (response.status === 429) return "Too many tries. Wait a moment, then try again.";
  if (response.status >= 502) return UNREACHABLE;
  const problem = await response.json().catch(() => ({}));
  const id = problem.error_id ? ` (error ${problem.error_id})` : "";
  return (problem.detail || problem.title || `The hub answered ${response.status}`) + id;
}

function show(text, calm) {
  const box = $("message");
  box.textContent = text;
  box.classList.toggle("calm", Boolean(calm));
  box.hidden = !text;
}

function onward() {
  const next = new URLSearchParams(location.search).get("next") || "/";
  location.assign(/^\/(?![/\\])/.test(next) ? next : "/");
}

async function submit(form, work) {
  const button = form.querySelector("[type=submit]");
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  show("");
  try {
    await work();
  } catch (problem) {
    show(problem.message);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function invalid(input, text) {
  input.setAttribute("aria-invalid", "true");
  input.addEventListener("input", () => input.removeAttribute("aria-invalid"), { once: true });
  input.focus();
  show(text);
}

function askForNewPassword() {
  $("login").hidden = true;
  $("change").hidden = false;
  $("change-username").value = $("username").value;
  $("title").textContent = "Choose a new password";
  $("lead").textContent = "This is the first login. The password the hub made is for one use only.";
  $("new-password").focus();
}

$("login").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!$("username").value) return invalid($("username"), "Enter a user name.");
  if (!$("password").value) return invalid($("password"), "Enter the password.");
  submit(event.target, async () => {
    const login = await post("/auth/login", { username: $("username").value, password: $("password").value });
    if (login.user && login.user.must_change_password) askForNewPassword();
    else onward();
  });
});

$("change").addEventListener("submit", (event) => {
  event.preventDefault();
  const wanted = $("new-password").value;
  if (wanted.length < 8) return invalid($("new-password"), "The new password needs at least 8 characters.");
  if (wanted !== $("repeat-password").value) return invalid($("repeat-password"), "The two passwords differ.");
  if (wanted === $("password").value) return invalid($("new-password"), "Choose a password that differs from the first one.");
  submit(event.target, async () => {
    await post("/auth/password", { current_password: $("password").value, new_password: wanted });
    onward();
  });
});

for (const button of document.querySelectorAll("[data-reveal]")) {
  button.addEventListener("click", () => {
    const input = $(button.dataset.reveal);
    const reveal = input.type === "password";
    input.type = reveal ? "text" : "password";
    button.textContent = reveal ? "Hide" : "Show";
    button.setAttribute("aria-pressed", String(reveal));
    input.focus();
  });
}

const theme = localStorage.getItem("sightline-theme");
if (theme) document.documentElement.dataset.theme = theme;
const reason = new URLSearchParams(location.search).get("reason");
if (reason === "expired") show("Your session has ended. Log in to go on.", true);
if (reason === "out") show("You are logged out.", true);
$("username").focus();
