import type { CallbackEvent, Delivery, Proof, Verification } from '../../nodes/Transcription/callback/delivery';
import type { ProofKind } from './proofs';

/** A genuine delivery and the verifier that accepts it. */
export interface FuzzTarget {
	name: string;
	kind: ProofKind;
	genuine: Delivery;
	/** The values that a trigger checks the delivery against. */
	proof: Proof;
	/** The secret that the genuine delivery was signed with. */
	secret: string;
	/** Other users' secrets, or values that look like secrets. The trigger must not accept them. */
	foreignSecrets: readonly string[];
	/** The trigger that the genuine delivery was sent to. */
	trigger: { provider: string; workflowId: string; credential: Record<string, string> };
	verify(delivery: Delivery, proof: Proof): Verification;
	read(delivery: Delivery): CallbackEvent;
}
