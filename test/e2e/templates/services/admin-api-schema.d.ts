/** Ghost's package has no types. Source: its README. */
declare module '@tryghost/admin-api-schema' {
	/** @throws an error with `errorDetails` if `data` isn't valid for the endpoint */
	export function validate(request: { schema: string; definition: string; data: unknown }): Promise<void>;
}
