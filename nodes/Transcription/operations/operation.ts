import { userError } from '../core/userError';
import type {
	IDisplayOptions,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { type Provider } from '../providers/provider';

/** One entry of the Operation menu: what it looks like and what it does. One file each. */
export interface Operation {
	resource: string;
	/** `value` is the operation's fixed name. */
	option: INodePropertyOptions & { value: string; action: string };
	/** Without display conditions on resource and operation: the node adds them. */
	fields: INodeProperties[];
	/**
	 * Whether the editor empties what depends on the provider when another one is chosen. Left out: what both know by the same
	 * name stays.
	 */
	resetOnProviderChange?: boolean;
	/** Why a provider cannot do this, and what serves instead; undefined if it can. Left out: every provider can. */
	unsupportedReason?(provider: Provider): string | undefined;
	/** Parameters with whose values no service is asked, so that no credential is needed. Left out: one always is. */
	credentialFreeWhen?: IDisplayOptions['hide'];
	/** Processes all input items. Every output item names the item it came from. */
	execute(context: IExecuteFunctions, provider: Provider): Promise<INodeExecutionData[]>;
}

/** @throws InputError where the provider cannot do it */
export function assertSupported({ option, unsupportedReason }: Operation, provider: Provider): void {
	const why = unsupportedReason?.(provider);
	if (why !== undefined) throw userError(`“${option.name}” is not possible with ${provider.displayName}`, why);
}
