import { parseArgs } from 'node:util';
import { startSimulator } from '#server/twilio/simulator/start.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    host: { type: 'string', default: '127.0.0.1' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'string', default: '1' },
    state: { type: 'string' },
  },
});

const simulator = await startSimulator({
  port: Number(values.port),
  host: values.host,
  seed: Number(values.seed),
  speed: Number(values.speed),
  stateFile: values.state,
});
console.log(`Twilio simulator at ${simulator.url}`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void simulator.close().finally(() => process.exit(0)));
}
