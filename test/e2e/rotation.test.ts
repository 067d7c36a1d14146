import { type Account, type ProviderName, type Sandbox } from '../../sandbox';
import { providers } from '../../sandbox/providers';
import { outputOf, type Credential, type Workflow } from '../../tools/n8n';
import {
	addCredential,
	callbackExecutions,
	createPipeline,
	credentialData,
	MINUTES,
	runSubmit,
	sample,
	type Testbed,
	triggerUrl,
	useOwnTestbeds,
} from './harness';
import { PROFILES } from './profiles';
import type { CredentialData, ProviderProfile } from './profiles/profile';

/** Returns a second key for the same account. Both keys are valid until the old one is revoked. */
const secondKey = ({ provider }: ProviderProfile) => `sandbox-${provider.toLowerCase()}-second-key`;

function accountsOf(profile: ProviderProfile): Account[] {
	const { accounts } = providers[profile.provider as ProviderName];
	return [...accounts, { ...(accounts[0] as Account), apiKey: secondKey(profile) }];
}

const testbedOf = useOwnTestbeds(PROFILES, {
	sandbox: (profile) => ({ accounts: { [profile.provider]: accountsOf(profile) } }),
});

/** Services that sign with their own secret: changing ours doesn't affect jobs in progress. */
const hasServiceSecret = ({ setUp, credential, name }: ProviderProfile) =>
	setUp !== undefined || credential?.webhookSecret !== undefined || name === 'ElevenLabs';

/** Services that issue a secret, which the trigger stores encrypted with the API key. */
const storesIssuedSecret = ({ name }: ProviderProfile) => name === 'ElevenLabs';

/** A published pipeline whose credential changes. */
class Rotation {
	private constructor(
		private readonly testbed: Testbed,
		readonly workflow: Workflow,
		private readonly credential: Credential,
		private data: CredentialData,
	) {}

	static async open(profile: ProviderProfile, first: CredentialData): Promise<Rotation> {
		const testbed = testbedOf(profile);
		testbed.sandbox.reset();
		const credential = await addCredential(testbed.client, testbed.sandbox, first, profile);
		const workflow = await createPipeline(testbed, { file: sample(testbed.sandbox).path, credential });
		const set = { ...first, ...(await profile.setUp?.(testbed.sandbox, triggerUrl(testbed, workflow))) };
		const rotation = new Rotation(testbed, workflow, credential, set);
		await rotation.change({});
		await testbed.client.publish(workflow.id);
		return rotation;
	}

	get sandbox(): Sandbox {
		return this.testbed.sandbox;
	}

	get url(): string {
		return triggerUrl(this.testbed, this.workflow);
	}

	/** The current Webhook Secret in the credential. */
	get secret(): string {
		return String(this.data.webhookSecret);
	}

	/** Changes the credential as a user does. */
	async change(more: CredentialData): Promise<void> {
		this.data = { ...this.data, ...more };
		await this.testbed.client.updateCredential(
			this.credential,
			credentialData(this.sandbox, this.testbed.profile, this.data),
		);
	}

	/** @returns the ID of the job */
	async submit(): Promise<string> {
		const execution = await runSubmit(this.testbed, this.workflow);
		if (execution.error) throw new Error(`${execution.error.message} ${execution.error.description ?? ''}`);
		return outputOf(execution, 'Submit')[0]?.json.id as string;
	}

	/**
	 * Submits before and after a change, then lets both jobs finish and expects both transcripts.
	 * @returns the IDs of the jobs
	 */
	async bothArrive(change: CredentialData | (() => Promise<CredentialData>)): Promise<[string, string]> {
		this.sandbox.jobs.hold();
		const before = await this.submit();
		await this.change(typeof change === 'function' ? await change() : change);
		const after = await this.submit();
		this.sandbox.jobs.release();
		expect(new Set(await this.arrived(2))).toEqual(new Set([before, after]));
		return [before, after];
	}

	/** Unpublishes the workflow and publishes it again. */
	async republish(): Promise<void> {
		await this.testbed.client.unpublish(this.workflow.id);
		await this.testbed.client.publish(this.workflow.id);
	}

	/** The workflow as n8n returns it to any user with read access. */
	async visibleWorkflow(): Promise<string> {
		return JSON.stringify(await this.testbed.client.getWorkflow(this.workflow.id));
	}

	/** Waits until `count` transcripts have arrived, and returns the IDs of their jobs. */
	async arrived(count: number): Promise<unknown[]> {
		const executions = await callbackExecutions(this.testbed, this.workflow, count, 2 * MINUTES);
		return executions.flatMap((execution) => outputOf(execution, 'Completed')).map(({ json }) => json.id);
	}

	/** Redelivers a job's genuine callback. @returns the trigger's response */
	async answerTo(id: string): Promise<number | null | undefined> {
		const before = this.sandbox.callbacks.deliveries(id).length;
		this.sandbox.callbacks.redeliver(id);
		for (;;) {
			const attempt = this.sandbox.callbacks.deliveries(id)[before]?.attempts[0];
			if (attempt) return attempt.status;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}

/** Cases where the proof of authenticity changes. Each one checks the old proof at the end. */
const cases: Record<
	string,
	{ applies: (profile: ProviderProfile) => boolean; run: (profile: ProviderProfile) => Promise<void> }
> = {
	'loses no callback while the API key is rotated, and rejects the old proof afterwards': {
		applies: () => true,
		run: async (profile) => {
			const firstKey = String(accountsOf(profile)[0]?.apiKey);
			const rotation = await Rotation.open(profile, {});
			const [before, after] = await rotation.bothArrive({
				apiKey: secondKey(profile),
				previousWebhookSecret: firstKey,
			});
			await rotation.change({ previousWebhookSecret: '' });
			expect(await rotation.answerTo(before)).toBe(
				hasServiceSecret(profile) && !storesIssuedSecret(profile) ? 200 : 401,
			);
			expect(await rotation.answerTo(after)).toBe(storesIssuedSecret(profile) ? 401 : 200);
		},
	},

	'hides the issued secret from anyone who reads the workflow, and registers a new webhook after a rotation': {
		applies: storesIssuedSecret,
		run: async (profile) => {
			const rotation = await Rotation.open(profile, {});
			const visible = await rotation.visibleWorkflow();
			expect(visible).toContain('issuedSecret');
			expect(visible).not.toContain('wsec_');
			await rotation.change({ apiKey: secondKey(profile) });
			await rotation.republish();
			const id = await rotation.submit();
			expect(await rotation.arrived(1)).toEqual([id]);
			expect(await rotation.answerTo(id)).toBe(200);
		},
	},

	'loses no callback while the Webhook Secret is changed, and rejects the old one afterwards': {
		applies: (profile) => !hasServiceSecret(profile) || profile.name === 'ElevenLabs',
		run: async (profile) => {
			const rotation = await Rotation.open(profile, { webhookSecret: 'the-old-secret' });
			const [before, after] = await rotation.bothArrive({
				webhookSecret: 'the-new-secret',
				previousWebhookSecret: 'the-old-secret',
			});
			await rotation.change({ previousWebhookSecret: '' });
			expect(await rotation.answerTo(before)).toBe(hasServiceSecret(profile) ? 200 : 401);
			expect(await rotation.answerTo(after)).toBe(200);
		},
	},

	'loses no callback while the webhook is recreated, if both exist until the jobs of the old one are done': {
		applies: ({ setUp }) => setUp !== undefined,
		run: async (profile) => {
			const rotation = await Rotation.open(profile, {});
			const old = rotation.secret;
			const renewed = async () => ({
				...(await profile.setUp?.(rotation.sandbox, rotation.url)),
				previousWebhookSecret: old,
			});
			const [before] = await rotation.bothArrive(renewed);
			await rotation.change({ previousWebhookSecret: '' });
			expect(await rotation.answerTo(before)).toBe(401);
		},
	},

	'loses no callback while the service switches to another secret, and rejects the old one afterwards': {
		applies: ({ setUp, credential }) => !setUp && credential?.webhookSecret !== undefined,
		run: async (profile) => {
			const old = String(profile.credential?.webhookSecret);
			const rotation = await Rotation.open(profile, {});
			rotation.sandbox.jobs.hold();
			const before = await rotation.submit();
			await rotation.change({ webhookSecret: 'the-new-secret-of-the-service', previousWebhookSecret: old });
			rotation.sandbox.jobs.release();
			expect(await rotation.arrived(1)).toEqual([before]);
			await rotation.change({ previousWebhookSecret: '' });
			expect(await rotation.answerTo(before)).toBe(401);
		},
	},
};

const namesFor = (profile: ProviderProfile) => Object.keys(cases).filter((name) => cases[name]?.applies(profile));
const results = new Map<ProviderProfile, Map<string, Promise<void>>>();

/** The profiles run concurrently, because they mostly wait. The cases of one profile run in sequence. */
beforeAll(() => {
	for (const profile of PROFILES) {
		let before: Promise<unknown> = Promise.resolve();
		const outcomes = namesFor(profile).map((name) => {
			const outcome = before.then(async () => await cases[name]?.run(profile));
			// The case's own test awaits the outcome later.
			before = outcome.catch(() => undefined);
			return [name, outcome] as const;
		});
		results.set(profile, new Map(outcomes));
	}
});

describe.each(PROFILES.map((profile) => [profile.name, profile] as const))('%s', (_, profile) => {
	it.each(namesFor(profile))('%s', async (name) => await results.get(profile)?.get(name), 5 * MINUTES);
});
