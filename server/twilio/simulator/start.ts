import type { AddressInfo } from 'node:net';
import { createDemoAccount } from '#server/twilio/simulator/account.ts';
import { createSimulatorServer } from '#server/twilio/simulator/server.ts';
import { createSimulator, type Simulator } from '#server/twilio/simulator/simulator.ts';
import { keepSnapshot, readSnapshot } from '#server/twilio/simulator/snapshot.ts';

export type SimulatorOptions = {
  /** 0 (the default) takes a free port. */
  port?: number | undefined;
  host?: string | undefined;
  seed?: number | undefined;
  /** Divides every random delay: 20 makes a message reach the phone in a third of a second. */
  speed?: number | undefined;
  /** File that keeps accounts and messages across restarts. */
  stateFile?: string | undefined;
};

export type RunningSimulator = {
  /** `http://127.0.0.1:4010`, what TWILIO_BASE_URL is set to. */
  url: string;
  port: number;
  /** The simulator's inside, for tests in the same process. */
  state: Simulator;
  /** Stops at once: open connections are cut, callbacks on their way are dropped, the snapshot is written. */
  close(): Promise<void>;
};

/** Starts a simulator with the demo account. Rejects when the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const simulator = createSimulator({ speed: options.speed, seed: options.seed });
  if (!options.stateFile || !readSnapshot(simulator, options.stateFile)) createDemoAccount(simulator);
  const stopSnapshot = options.stateFile ? keepSnapshot(simulator, options.stateFile) : () => {};
  const host = options.host ?? '127.0.0.1';
  const server = createSimulatorServer(simulator);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    state: simulator,
    async close() {
      simulator.clock.clear();
      stopSnapshot();
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), simulator.callbacks.close()]);
    },
  };
}
