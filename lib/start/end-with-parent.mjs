const checkMilliseconds = 500;

/**
 * Ends this process, as SIGTERM does, when the one that started it is gone: killed, perhaps, so that
 * it could not pass a signal on. Only what ends with its parent anyway may call this. A service, or
 * a process in the background, outlives the shell that started it.
 */
export function endWithParent() {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(timer);
      process.kill(process.pid, "SIGTERM");
    }
  }, checkMilliseconds);
  timer.unref();
}
