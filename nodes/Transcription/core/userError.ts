/** An error message for the user. */
export interface Explanation {
	/** What happened. Names fields as the panel shows them; no period at the end. */
	message: string;
	/** How to fix it. */
	description: string;
}

/** An error with a message for the user. Any other error is a bug in this package or in n8n. */
export class UserError extends Error {
	constructor(readonly explanation: Explanation) {
		super(explanation.message);
	}

	/** Returns a copy of this error with a note appended to its description, such as the job ID. */
	withNote(note: string): UserError {
		return new UserError(appendToDescription(this.explanation, note));
	}
}

/** Returns a copy of an explanation with a note appended to its description. */
export function appendToDescription<T extends Explanation>(explanation: T, note: string): T {
	return { ...explanation, description: `${explanation.description} ${note}`.trim() };
}

export function userError(message: string, description: string): UserError {
	return new UserError({ message, description });
}
