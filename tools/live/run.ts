import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { acceptedSecrets, callbackSecret } from '../../nodes/Transcription/callback/secrets';
import type { Delivery } from '../../nodes/Transcription/callback/delivery';
import { secretsIn, triggerScope, triggerUrl, withQuery } from '../../nodes/Transcription/callback/url';
import { UserError } from '../../nodes/Transcription/core/userError';
import { isNotFound } from '../../nodes/Transcription/http/errors';
import type {
	AudioSource,
	CallbackTarget,
	FetchedJob,
	Registered,
	SubmittedJob,
} from '../../nodes/Transcription/providers/provider';
import { assertVerifiable, fetchJob, knownSecrets, type Session } from '../../nodes/Transcription/shared/session';
import { Cleanup, hasEnded, statusOf } from './cleanup';
import { contentOf } from './content';
import { type Exchange, Recorder } from './exchange';
import type { CallbackSource } from './receiver';
import type { Scenario } from './scenarios';
import { openRecordedSession, type Service, withKey } from './service';

export interface Conditions {
	/** Path of the recording to submit. */
	sampleFile: string;
	/** Public URL of the same recording; undefined if the service can't be given a URL. */
	sampleUrl: string | undefined;
	/** Undefined if the service can't reach this machine. */
	callbacks: CallbackSource | undefined;
	/** False for recorded callbacks, which can't be verified because they contain no secrets. */
	verifiesCallbacks: boolean;
	/** False for recordings, because they leave nothing to delete. */
	cleansUp: boolean;
	/** Part of the callback URL. */
	workflowId: string;
	/** Pause between two polls of a job's status. */
	pollMs: number;
	/** Time limit for a job. */
	jobMs: number;
	/** Time limit for each created job that must end before it can be deleted. */
	cleanupMs: number;
	/** Time limit for a callback after the job is done. */
	callbackMs: number;
	signal: AbortSignal;
	say(line: string): void;
}

/** The result of a step, as far as a user of the nodes would notice it. */
export interface Outcome {
	/** `ok`, or a message. */
	result: string;
	/** What was read from the responses, such as the names of a transcript's fields. */
	fields: readonly string[];
}

export interface Run {
	baseUrl: string;
	exchanges: readonly Exchange[];
	/** The callback for the uploaded recording. */
	delivery: Delivery | undefined;
	outcomes: ReadonlyMap<string, Outcome>;
	/** IDs that were sent. They may not look like IDs. */
	sentIds: readonly string[];
	/** Secrets that were sent or received. */
	secrets: readonly string[];
	/** Sentences that describe data that couldn't be deleted from the service. */
	leftovers: readonly string[];
	wasInterrupted: boolean;
}

/** The step whose requests aren't compared. */
export const CLEANUP = 'clean up';

/** Prefix of the steps whose requests depend on how long a job takes. */
export const WAITING = 'wait';

/**
 * Runs the scenario with the package's own code and records every response. Steps that fail are part of the result. Deletes
 * everything it created, even if it fails or is interrupted.
 */
export async function runScenario(service: Service, scenario: Scenario, conditions: Conditions): Promise<Run> {
	const run = new ScenarioRun(service, scenario, conditions);
	let wasInterrupted = false;
	try {
		await run.all();
	} catch (error) {
		if (!conditions.signal.aborted) throw error;
		wasInterrupted = true;
	} finally {
		run.recorder.step = CLEANUP;
		// The signal may be aborted, which would stop the deletions, too.
		const session = openRecordedSession(service, run.recorder, new AbortController().signal);
		if (conditions.cleansUp) await run.cleanup.run(session, conditions);
	}
	return {
		baseUrl: service.connection.baseUrl,
		exchanges: run.recorder.exchanges,
		delivery: run.delivery,
		outcomes: run.outcomes,
		sentIds: [scenario.unknownId],
		secrets: [...run.secrets],
		leftovers: run.cleanup.leftovers,
		wasInterrupted,
	};
}

class ScenarioRun {
	readonly recorder = new Recorder();
	readonly outcomes = new Map<string, Outcome>();
	readonly cleanup = new Cleanup();
	readonly secrets = new Set<string>();
	delivery: Delivery | undefined;
	private readonly session: Session;
	/** Isn't interrupted, because the ID of a created job is needed to delete it. */
	private readonly submitSession: Session;
	private issued: Registered | undefined;

	constructor(
		private readonly service: Service,
		private readonly scenario: Scenario,
		private readonly conditions: Conditions,
	) {
		this.session = openRecordedSession(service, this.recorder, conditions.signal);
		this.submitSession = openRecordedSession(service, this.recorder, new AbortController().signal);
		const scope = triggerScope(conditions.workflowId, service.provider.name);
		for (const secret of knownSecrets(service.connection, scope)) if (secret !== '') this.secrets.add(secret);
	}

	async all(): Promise<void> {
		const { provider } = this.service;
		const { scenario, conditions } = this;
		const file = fileSource(conditions.sampleFile);
		await this.step('wrong key', async () => {
			const { wrongKey, unknownId } = scenario;
			await fetchJob(openRecordedSession(withKey(this.service, wrongKey), this.recorder, conditions.signal), unknownId);
		});
		await this.step('unknown ID', async () => await fetchJob(this.session, scenario.unknownId));
		await this.step('models', async () => await provider.listModels?.(this.session.api));
		await this.step('languages', async () => await provider.listLanguages?.(this.session.api));
		await this.submit('refused option', { ...scenario.options, ...scenario.refusedOptions }, file);
		const target = await this.registeredTarget();
		const job = await this.submit('submit by upload', scenario.options, file, target);
		if (job) await this.follow(job, target);
		if (conditions.sampleUrl === undefined) return;
		const other = await this.submit('submit by URL', scenario.options, { url: conditions.sampleUrl });
		if (!other) return;
		await this.waitFor(other.id, `${WAITING} for URL`);
		await this.fetch(other.id, 'fetch by URL');
	}

	private async follow({ id }: SubmittedJob, target: CallbackTarget | undefined): Promise<void> {
		const { provider } = this.service;
		await this.waitFor(id, `${WAITING} for upload`);
		if (target) await this.step('callback', async () => await this.receive(id));
		// Fetched after the callback, because some services add the callback's result to the job.
		const raw = await this.fetch(id, 'fetch');
		for (const format of this.scenario.files) {
			await this.step(`file ${format}`, async () => {
				const file = await provider.serviceFiles?.fetch(this.session.api, id, format, raw);
				return file && [`${file.mimeType} (${file.extension}): ${contentOf(file.content).kind}`];
			});
		}
		const { listing, deletion } = provider;
		if (listing && listing.unavailable?.(this.service.connection.settings) === undefined) {
			await this.step('list', async () => {
				for await (const { jobs } of listing.pages(this.session.api, { limit: 10 })) {
					const own = jobs.find(({ transcript }) => transcript.id === id);
					return own ? ['own job', ...fieldsOf(own)] : ['other jobs only'];
				}
			});
		}
		const choice = deletion?.choices.at(-1)?.value;
		if (!deletion || choice === undefined) return;
		await this.step('delete', async () => {
			const result = await deletion.remove(this.session.api, id, choice);
			if (result !== 'notFound') this.cleanup.jobs.delete(id);
			return [result ?? 'deleted'];
		});
		await this.step('fetch deleted', async () => fieldsOf(await fetchJob(this.session, id)));
	}

	/** Registers a webhook if the service needs one. */
	private async registeredTarget(): Promise<CallbackTarget | undefined> {
		const { callbacks, workflowId } = this.conditions;
		const { provider, connection } = this.service;
		if (!callbacks) return undefined;
		const scope = triggerScope(workflowId, provider.name);
		const secret = callbackSecret(connection, scope);
		const url = triggerUrl(callbacks.base, workflowId, provider.name);
		const isReady = await this.step('register', async () => {
			assertVerifiable(provider, connection);
			if (!provider.registration) return ['not needed'];
			this.cleanup.webhookUrl = url;
			const target = { url, secret, name: 'Live check' };
			this.issued = await provider.registration.ensure(this.session.api, target);
			this.cleanup.webhook = this.issued;
			if (this.issued?.secret) this.secrets.add(this.issued.secret);
			return [this.issued?.secret ? 'with secret' : 'without secret'];
		});
		if (!isReady) return undefined;
		const full = withQuery(url, { check: 'live' }, 'live-check');
		const withToken = provider.callback.urlFor?.(full, secret, connection.settings) ?? full;
		for (const token of secretsIn(withToken)) this.secrets.add(token);
		return { url: withToken, secret };
	}

	private async submit(
		step: string,
		options: IDataObject,
		source: AudioSource,
		target?: CallbackTarget,
	): Promise<SubmittedJob | undefined> {
		const { provider, connection } = this.service;
		const start = this.recorder.exchanges.length;
		let job: SubmittedJob | undefined;
		await this.step(step, async () => {
			const plan = provider.planSubmit(options, connection.settings, source);
			try {
				job = await plan(this.submitSession.api, source, target);
				this.cleanup.jobs.add(job.id);
			} catch (error) {
				this.cleanup.addUncertain(this.recorder.exchanges.slice(start), error);
				throw error;
			}
			return [job.status];
		});
		return job;
	}

	/** Polls until the job has ended. Problems are reported by the request that follows. */
	private async waitFor(id: string, step: string): Promise<void> {
		const { pollMs, jobMs, signal } = this.conditions;
		const end = Date.now() + jobMs;
		await this.step(step, async () => {
			for (;;) {
				const start = this.recorder.exchanges.length;
				const status = await statusOf(this.session, id);
				this.recorder.relabel(start, `${step} (${status})`);
				if (hasEnded(status)) return;
				if (Date.now() > end)
					throw new UserError({ message: `The job didn’t end in time (${status})`, description: '' });
				await pause(pollMs, undefined, { signal });
			}
		});
	}

	/** @returns the raw transcript */
	private async fetch(id: string, step: string): Promise<unknown> {
		let job: FetchedJob | undefined;
		await this.step(step, async () => {
			job = await fetchJob(this.session, id);
			return [job.transcript.status, ...fieldsOf(job)];
		});
		return job?.transcript.raw;
	}

	private async receive(id: string): Promise<string[]> {
		const { provider, connection } = this.service;
		const { callbacks, callbackMs, verifiesCallbacks, workflowId } = this.conditions;
		const isExpected = (delivery: Delivery) => {
			const event = provider.callback.read(delivery);
			return 'event' in event && event.id === id;
		};
		const delivery = await callbacks?.next(isExpected, callbackMs);
		this.delivery = delivery;
		// The service handles our response after we have received the callback.
		await pause(this.conditions.pollMs, undefined, { signal: this.conditions.signal });
		if (!delivery) return [`no callback within ${callbackMs / 1000} s`];
		const event = provider.callback.read(delivery);
		const read = 'event' in event ? [`event ${event.event}`] : ['ignored' in event ? event.ignored : event.unreadable];
		if ('id' in event && event.id === id) read.push('own job');
		if (!verifiesCallbacks) return read;
		const scope = triggerScope(workflowId, provider.name);
		const verification = provider.callback.verify(delivery, {
			secrets: acceptedSecrets(connection, scope),
			isSecretDerived: connection.webhookSecret === undefined,
			scope,
			...(this.issued?.secret !== undefined && { issuedSecret: this.issued.secret }),
			settings: connection.settings,
			nowSeconds: Date.now() / 1000,
		});
		return [...read, verification.ok ? 'verified' : `not verified: ${verification.reason}`];
	}

	/** Runs one step and records its outcome. @returns whether it succeeded @throws an error that ends the whole check */
	private async step(name: string, work: () => Promise<readonly string[] | unknown>): Promise<boolean> {
		this.conditions.signal.throwIfAborted();
		this.recorder.step = name;
		try {
			const fields = await work();
			const names = Array.isArray(fields) && fields.every((field) => typeof field === 'string') ? fields : [];
			this.outcomes.set(name, { result: 'ok', fields: names as string[] });
			return true;
		} catch (error) {
			if (this.conditions.signal.aborted) throw error;
			const { message } = error as Error;
			this.outcomes.set(name, { result: `${message}${isNotFound(error) ? ' (not found)' : ''}`, fields: [] });
			return false;
		}
	}
}

const fieldsOf = ({ transcript }: FetchedJob): string[] => Object.keys(transcript).filter((name) => name !== 'raw');

function fileSource(path: string): AudioSource {
	const content = readFileSync(path);
	return {
		file: { fileName: basename(path), mimeType: 'audio/wav', bytes: content.length, open: async () => content },
	};
}
