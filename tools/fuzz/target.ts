import type { CallbackEvent, Delivery, Proof, Verification } from '../../nodes/Transcription/callback/delivery';
import type { ProofKind } from './proofs';

/** A genuine delivery, and what accepts it. */
export interface FuzzTarget {
	name: string;
	kind: ProofKind;
	genuine: Delivery;
	/** What a trigger checks it against. */
	proof: Proof;
	/** The secret that the genuine one was proven with. */
	secret: string;
	/** Secrets that the trigger must not accept, though each is one of somebody, or looks like one. */
	foreignSecrets: readonly string[];
	/** The trigger that the genuine one was meant for. */
	trigger: { provider: string; workflowId: string; credential: Record<string, string> };
	verify(delivery: Delivery, proof: Proof): Verification;
	read(delivery: Delivery): CallbackEvent;
}
