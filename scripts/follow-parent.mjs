// Loaded into every process that `npm start` begins: should the launcher die without a word (kill -9, a closed terminal), its parts end too and free
// their ports.
if (process.channel) {
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 15_000).unref();
  });
  process.channel.unref();
}
