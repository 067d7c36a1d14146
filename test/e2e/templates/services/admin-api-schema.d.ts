/** Ghost's package has no types. Source: its README. */
declare module '@tryghost/admin-api-schema' {
	/** @throws with `errorDetails` when `data` is not what the endpoint takes */
	export function validate(request: { schema: string; definition: string; data: unknown }): Promise<void>;
}
