import { setMaxListeners } from 'node:events';

import { Agent } from 'undici';

import type { SandboxClock } from '../core/clock';
import { FaultRegistry, type Planned } from '../core/faultRegistry';
import type { SeededRandom } from '../core/random';
import type { SandboxSettings } from '../core/settings';
import { Waiters } from '../core/waiters';
import { attempt } from './attempt';
import {
	callbackFaultSchema,
	matchesCallback,
	type CallbackFault,
	type CallbackFaultInput,
	type Forgery,
	type Oddity,
} from './faults';
import { forge } from './forge';
import type { CallbackOrder, DeliveryCause, DeliveryRecord } from './order';
import { planCallback, type CallbackPlan } from './plan';
import { ReorderBuffer } from './reorder';

/** Options for repeating a job's callbacks. */
interface RedeliveryOptions {
	copies?: number;
	/** Delay between a response and the next copy, in sandbox seconds. Only for `sequence`. */
	gapSeconds?: number;
	/** `sequence`: each copy is sent after the response to the previous one. `simultaneous`: all copies are sent at the same time. */
	mode?: 'sequence' | 'simultaneous';
	/** The kind of callbacks to repeat. Default: all of the job's callbacks. */
	kind?: string;
	/** The URL to send the callbacks to, instead of the job's URL. */
	url?: string;
}

interface Batch {
	readonly order: CallbackOrder;
	readonly plan: CallbackPlan;
}

/** Delivers callbacks according to each provider's policy, and applies planned faults. */
export class CallbackDispatcher {
	private readonly registry: FaultRegistry<CallbackFault>;
	private readonly reorder: ReorderBuffer<Batch>;
	private readonly waiters = new Waiters();
	private agent = new Agent();
	private abort = unlimitedAbortController();
	private log: DeliveryRecord[] = [];
	private orders: CallbackOrder[] = [];
	private inProgress = 0;
	private nextId = 1;

	constructor(
		private readonly clock: SandboxClock,
		random: SeededRandom,
		private readonly settings: () => SandboxSettings,
	) {
		this.registry = new FaultRegistry('callback', random);
		this.reorder = new ReorderBuffer(clock, (batches) => void this.inSequence(batches));
	}

	/** Plans a fault for future callbacks. @throws ZodError if the fault is invalid */
	addFault(fault: CallbackFaultInput): Planned<CallbackFault> {
		return this.registry.add(callbackFaultSchema.parse(fault));
	}

	/** Returns the planned callback faults that can still fire. */
	get faults(): Pick<FaultRegistry<CallbackFault>, 'list' | 'remove' | 'clear'> {
		return this.registry;
	}

	/** Sends a callback, subject to matching faults. Returns immediately. */
	send(order: CallbackOrder): void {
		this.orders.push(order);
		const plan = planCallback(this.registry.takeAll((fault) => matchesCallback(fault, order)));
		if (plan.lost) {
			this.record(order, 'job', plan.faults).state = 'lost';
			this.waiters.notify();
			return;
		}
		this.inProgress += 1;
		if (plan.reorder)
			this.reorder.add(plan.reorder.group, { order, plan }, plan.reorder.size, plan.reorder.withinSeconds);
		else void this.inSequence([{ order, plan }]);
	}

	/** Sends a job's callbacks again, including lost ones. @returns false if the job had no callback */
	redeliver(jobId: string, options: RedeliveryOptions = {}): boolean {
		const orders = this.orders.filter(
			(order) => order.jobId === jobId && (options.kind === undefined || order.kind === options.kind),
		);
		if (orders.length === 0) return false;
		const { copies = 1, gapSeconds = 0, mode = 'sequence', url } = options;
		const addressed = url === undefined ? orders : orders.map((order) => ({ ...order, url }));
		this.inProgress += 1;
		const { signal } = this.abort;
		void this.repeat(addressed, copies, mode === 'sequence' ? gapSeconds : 0, mode, signal).finally(() => {
			if (!signal.aborted) this.done();
		});
		return true;
	}

	/** Returns the log of deliveries and their attempts, oldest first. */
	deliveries(jobId?: string): DeliveryRecord[] {
		return jobId === undefined ? [...this.log] : this.log.filter((delivery) => delivery.jobId === jobId);
	}

	/** Resolves when no delivery is in progress, including retries and late ones. */
	async settled(): Promise<void> {
		await this.waiters.until(() => this.inProgress === 0);
	}

	/** Cancels all deliveries, and clears the faults and the log. */
	clear(): void {
		this.abort.abort();
		this.abort = unlimitedAbortController();
		this.reorder.clear();
		this.registry.clear();
		this.log = [];
		this.orders = [];
		this.inProgress = 0;
		this.waiters.notify();
	}

	/** Closes all connections. */
	async close(): Promise<void> {
		this.clear();
		await this.agent.destroy();
	}

	private async inSequence(batches: Batch[]): Promise<void> {
		for (const { order, plan } of batches) {
			const signal = this.abort.signal;
			await this.deliverPlan(order, plan, signal);
			if (!signal.aborted) this.done();
		}
	}

	private async deliverPlan(order: CallbackOrder, plan: CallbackPlan, signal: AbortSignal): Promise<void> {
		for (const forgery of plan.forgeries)
			await this.deliver(order, 'forgery', plan.faults, plan.delaySeconds, signal, { forgery });
		if (!plan.genuine) return;
		const delay = plan.forgeries.length > 0 ? 0 : plan.delaySeconds;
		const copies = Array.from({ length: plan.copies }, (_, copy) =>
			this.deliver(
				order,
				copy === 0 ? 'job' : 'duplicate',
				plan.faults,
				delay + copy * plan.gapSeconds,
				signal,
				plan.oddity ? { oddity: plan.oddity } : {},
			),
		);
		await Promise.all(copies);
	}

	private async repeat(
		orders: CallbackOrder[],
		copies: number,
		gap: number,
		mode: string,
		signal: AbortSignal,
	): Promise<void> {
		const waiting: Array<Promise<void>> = [];
		for (let copy = 0; copy < copies; copy += 1) {
			for (const order of orders) {
				const sent = this.deliver(order, 'redelivery', [], copy === 0 ? 0 : gap, signal);
				if (mode === 'sequence') await sent;
				else waiting.push(sent);
			}
		}
		await Promise.all(waiting);
	}

	private async deliver(
		order: CallbackOrder,
		cause: DeliveryCause,
		faults: string[],
		delaySeconds: number,
		signal: AbortSignal,
		change: Change = {},
	): Promise<void> {
		const record = this.record(order, cause, faults);
		if (delaySeconds > 0) await this.clock.sleep(delaySeconds, signal);
		const attempts = change.forgery ? 1 : order.policy.attempts;
		for (let number = 1; number <= attempts && !signal.aborted; number += 1) {
			record.state = 'sending';
			const status = await this.attemptOnce(order, record, number, signal, change);
			if (status !== null && !change.forgery) order.onStatus?.(status);
			if (status !== null && isAcknowledged(order, status)) record.state = 'delivered';
			else if (status !== null && order.policy.endsDelivery(status)) record.state = 'refused';
			else record.state = number === attempts ? 'exhausted' : 'waiting';
			if (record.state !== 'waiting') return;
			await this.clock.sleep(order.policy.pauseSeconds(number), signal);
		}
		record.state = 'cancelled';
	}

	private async attemptOnce(
		order: CallbackOrder,
		record: DeliveryRecord,
		number: number,
		signal: AbortSignal,
		{ forgery, oddity }: Change,
	): Promise<number | null> {
		const startedAt = Date.now();
		const message = forgery ? forge(order, forgery) : order.build((body) => oddBody(body, oddity));
		const limit = this.settings().acknowledgeSeconds ?? order.policy.acknowledgeSeconds;
		const { status, error } = await attempt(this.agent, order.url, message, limit, signal);
		const at = new Date(startedAt).toISOString();
		record.attempts.push({ number, at, status, error, durationMs: Date.now() - startedAt });
		return status;
	}

	private record(order: CallbackOrder, cause: DeliveryCause, faults: string[]): DeliveryRecord {
		const { provider, jobId, kind, url } = order;
		const record: DeliveryRecord = {
			id: this.nextId,
			provider,
			jobId,
			kind,
			url,
			cause,
			faults,
			state: 'waiting',
			attempts: [],
		};
		this.nextId += 1;
		this.log.push(record);
		return record;
	}

	private done(): void {
		this.inProgress = Math.max(0, this.inProgress - 1);
		this.waiters.notify();
	}
}

function isAcknowledged({ policy }: CallbackOrder, status: number): boolean {
	return policy.acknowledges?.(status) ?? (status >= 200 && status < 300);
}

/** The differences from the genuine callback. */
interface Change {
	forgery?: Forgery;
	oddity?: Oddity;
}

function oddBody(body: string, oddity: Oddity | undefined): string {
	switch (oddity) {
		case 'byteOrderMark':
			return `\ufeff${body}`;
		case 'truncated':
			return body.slice(0, Math.ceil(body.length / 2));
		case undefined:
			return body;
	}
}

/** Creates an AbortController that doesn't cause Node's warning about more than ten listeners. */
function unlimitedAbortController(): AbortController {
	const abort = new AbortController();
	setMaxListeners(0, abort.signal);
	return abort;
}
