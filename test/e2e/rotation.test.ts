import { type Account, type ProviderName, type Sandbox } from '../../sandbox';
import { providers } from '../../sandbox/providers';
import { outputOf, type Credential, type Workflow } from '../../tools/n8n';
import { addCredential, callbackExecutions, createPipeline, credentialData, MINUTES, runSubmit, sample, type Stage, triggerUrl, useStages } from './harness';
import { PROFILES } from './profiles';
import type { CredentialData, ProviderProfile } from './profiles/profile';

/** A second key of the same customer: both work until the old one is revoked. */
const secondKey = ({ provider }: ProviderProfile) => `sandbox-${provider.toLowerCase()}-second-key`;

function accountsOf(profile: ProviderProfile): Account[] {
	const { accounts } = providers[profile.provider as ProviderName];
	return [...accounts, { ...(accounts[0] as Account), apiKey: secondKey(profile) }];
}

const stageOf = useStages(PROFILES, { sandbox: (profile) => ({ accounts: { [profile.provider]: accountsOf(profile) } }) });

/** Where the service signs with a secret of its own, changing ours changes nothing for what is under way. */
const hasServiceSecret = ({ setUp, credential, name }: ProviderProfile) =>
	setUp !== undefined || credential?.webhookSecret !== undefined || name === 'ElevenLabs';

/** A published pipeline whose credential is about to change. */
class Rotation {
	private constructor(
		private readonly stage: Stage,
		readonly workflow: Workflow,
		private readonly credential: Credential,
		private data: CredentialData,
	) {}

	static async open(profile: ProviderProfile, first: CredentialData): Promise<Rotation> {
		const stage = stageOf(profile);
		stage.sandbox.reset();
		const credential = await addCredential(stage.client, stage.sandbox, first, profile);
		const workflow = await createPipeline(stage, { file: sample(stage.sandbox).path, credential });
		const set = { ...first, ...(await profile.setUp?.(stage.sandbox, triggerUrl(stage, workflow))) };
		const rotation = new Rotation(stage, workflow, credential, set);
		await rotation.change({});
		await stage.client.publish(workflow.id);
		return rotation;
	}

	get sandbox(): Sandbox {
		return this.stage.sandbox;
	}

	get url(): string {
		return triggerUrl(this.stage, this.workflow);
	}

	/** The Webhook Secret that stands in the credential now. */
	get secret(): string {
		return String(this.data.webhookSecret);
	}

	/** What the user does in the credential. */
	async change(more: CredentialData): Promise<void> {
		this.data = { ...this.data, ...more };
		await this.stage.client.updateCredential(this.credential, credentialData(this.sandbox, this.stage.profile, this.data));
	}

	/** @returns the ID of the job */
	async submit(): Promise<string> {
		const execution = await runSubmit(this.stage, this.workflow);
		if (execution.error) throw new Error(`${execution.error.message} ${execution.error.description ?? ''}`);
		return outputOf(execution, 'Submit')[0]?.json.id as string;
	}

	/** IDs of the jobs whose transcripts arrived, once there are `count`. */
	async arrived(count: number): Promise<unknown[]> {
		const executions = await callbackExecutions(this.stage, this.workflow, count, MINUTES);
		return executions.flatMap((execution) => outputOf(execution, 'Completed')).map(({ json }) => json.id);
	}

	/** How the trigger answers the genuine callback of a job when it comes once more. */
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

const rows = (profiles: readonly ProviderProfile[]) => profiles.map((profile) => [profile.name, profile] as const);

describe.each(rows(PROFILES))('%s', (_, profile) => {
	const firstKey = String(accountsOf(profile)[0]?.apiKey);

	it('loses no callback while the API key is rotated, and refuses the old proof afterwards', async () => {
		const rotation = await Rotation.open(profile, {});
		rotation.sandbox.jobs.hold();
		const before = await rotation.submit();
		await rotation.change({ apiKey: secondKey(profile), previousWebhookSecret: firstKey });
		const after = await rotation.submit();
		rotation.sandbox.jobs.release();

		expect(new Set(await rotation.arrived(2))).toEqual(new Set([before, after]));

		await rotation.change({ previousWebhookSecret: '' });
		expect(await rotation.answerTo(before)).toBe(hasServiceSecret(profile) ? 200 : 401);
		expect(await rotation.answerTo(after)).toBe(200);
	}, 3 * MINUTES);
});

describe.each(rows(PROFILES.filter((profile) => !hasServiceSecret(profile) || profile.name === 'ElevenLabs')))('%s', (_, profile) => {
	it('loses no callback while the Webhook Secret is changed, and refuses the old one afterwards', async () => {
		const rotation = await Rotation.open(profile, { webhookSecret: 'the-old-secret' });
		rotation.sandbox.jobs.hold();
		const before = await rotation.submit();
		await rotation.change({ webhookSecret: 'the-new-secret', previousWebhookSecret: 'the-old-secret' });
		const after = await rotation.submit();
		rotation.sandbox.jobs.release();

		expect(new Set(await rotation.arrived(2))).toEqual(new Set([before, after]));

		await rotation.change({ previousWebhookSecret: '' });
		expect(await rotation.answerTo(before)).toBe(hasServiceSecret(profile) ? 200 : 401);
		expect(await rotation.answerTo(after)).toBe(200);
	}, 3 * MINUTES);
});

describe.each(rows(PROFILES.filter(({ setUp }) => setUp)))('%s', (_, profile) => {
	it('loses no callback while the webhook is made anew, with both until the jobs of the old one are done', async () => {
		const rotation = await Rotation.open(profile, {});
		rotation.sandbox.jobs.hold();
		const before = await rotation.submit();
		const old = rotation.secret;
		await rotation.change({ ...(await profile.setUp?.(rotation.sandbox, rotation.url)), previousWebhookSecret: old });
		const after = await rotation.submit();
		rotation.sandbox.jobs.release();

		expect(new Set(await rotation.arrived(2))).toEqual(new Set([before, after]));

		await rotation.change({ previousWebhookSecret: '' });
		expect(await rotation.answerTo(before)).toBe(401);
	}, 3 * MINUTES);
});

describe.each(rows(PROFILES.filter(({ setUp, credential }) => !setUp && credential?.webhookSecret !== undefined)))('%s', (_, profile) => {
	it('loses no callback while the service goes over to another secret, and refuses the old one afterwards', async () => {
		const old = String(profile.credential?.webhookSecret);
		const rotation = await Rotation.open(profile, {});
		rotation.sandbox.jobs.hold();
		const before = await rotation.submit();
		await rotation.change({ webhookSecret: 'the-new-secret-of-the-service', previousWebhookSecret: old });
		rotation.sandbox.jobs.release();

		expect(await rotation.arrived(1)).toEqual([before]);

		await rotation.change({ previousWebhookSecret: '' });
		expect(await rotation.answerTo(before)).toBe(401);
	}, 3 * MINUTES);
});
