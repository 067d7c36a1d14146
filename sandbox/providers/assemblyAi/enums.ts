/** AssemblyAI API reference, PII policies. */
export const PII_POLICIES = [
	'account_number', 'banking_information', 'blood_type', 'credit_card_cvv', 'credit_card_expiration',
	'credit_card_number', 'date', 'date_interval', 'date_of_birth', 'drivers_license', 'drug', 'duration',
	'email_address', 'event', 'filename', 'gender', 'gender_sexuality', 'healthcare_number', 'injury', 'ip_address',
	'language', 'location', 'location_address', 'location_address_street', 'location_city', 'location_coordinate',
	'location_country', 'location_state', 'location_zip', 'marital_status', 'medical_condition', 'medical_process',
	'money_amount', 'nationality', 'number_sequence', 'occupation', 'organization', 'organization_medical_facility',
	'passport_number', 'password', 'person_age', 'person_name', 'phone_number', 'physical_attribute',
	'political_affiliation', 'religion', 'sexuality', 'statistics', 'time', 'url', 'us_social_security_number',
	'username', 'vehicle_id', 'zodiac_sign',
] as const;

/** AssemblyAI API reference, Transcript object, status. */
export const STATUSES = ['queued', 'processing', 'completed', 'error'] as const;

export type Status = (typeof STATUSES)[number];
