import { userError } from '../core/userError';
import type {
	IDisplayOptions,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { type Provider } from '../providers/provider';

/** One entry of the Operation menu, with its fields and implementation. Each has its own file or folder. */
export interface Operation {
	resource: string;
	/** `value` is the operation's fixed name. */
	option: INodePropertyOptions & { value: string; action: string };
	/** Without display conditions on resource and operation, which `menu.ts` adds. */
	fields: INodeProperties[];
	/**
	 * Whether the editor clears provider-specific parameters when the user selects a different provider. By default, the
	 * values of parameters that both providers have are kept.
	 */
	resetOnProviderChange?: boolean;
	/**
	 * Returns the reason a provider doesn't support the operation, and the alternative, or undefined if it is supported.
	 * Default: all providers support it.
	 */
	unsupportedReason?(provider: Provider): string | undefined;
	/**
	 * Parameter values for which no request is sent to the service, so no credential is needed. Default: a credential
	 * is always needed.
	 */
	credentialFreeWhen?: IDisplayOptions['hide'];
	/** Processes all input items. Every output item has a `pairedItem`. */
	execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]>;
}

/** @throws UserError if the provider doesn't support the operation */
export function assertSupported({ option, unsupportedReason }: Operation, provider: Provider): void {
	const reason = unsupportedReason?.(provider);
	if (reason !== undefined) throw userError(`${provider.displayName} doesn’t support “${option.name}”`, reason);
}
