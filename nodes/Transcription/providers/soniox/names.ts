export const NAME = 'soniox';
export const DISPLAY_NAME = 'Soniox';
