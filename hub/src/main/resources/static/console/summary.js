// How many detections there were in the last hour and today, by type.
import { api } from "./api.js";

const HOUR_MS = 3600 * 1000;

export async function summary() {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const [hour, today] = await Promise.all([sum(new Date(Date.now() - HOUR_MS)), sum(midnight)]);
  return { hour, today };
}

async function sum(since) {
  const answer = await api.summary(since.toISOString());
  const types = Object.entries(answer.types || {}).sort((a, b) => b[1] - a[1]);
  return { total: answer.total, types };
}
