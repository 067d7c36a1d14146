/** The two halves of every message a user sees: what happened, and how to fix it. */
export interface Explanation {
	/** Names the field as the panel shows it, without a period at the end. */
	message: string;
	description: string;
}

/** An error that explains itself to the user. Any other error is a bug of this package, or of n8n. */
export class UserError extends Error {
	constructor(readonly explanation: Explanation) {
		super(explanation.message);
	}

	/** A copy of this error with a note at the end of its description, such as the job it is about. */
	withNote(note: string): UserError {
		return new UserError(describedFurther(this.explanation, note));
	}
}

/** An explanation with a note at the end of its description. */
export function describedFurther<T extends Explanation>(explanation: T, note: string): T {
	return { ...explanation, description: `${explanation.description} ${note}`.trim() };
}

/** Shorthand for the most frequent way to make a {@link UserError}. */
export function userError(message: string, description: string): UserError {
	return new UserError({ message, description });
}
