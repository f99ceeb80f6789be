/** The widget module of this extension. A test holds the version against package.json. */
export const MODULE_NAME = 'stratcraft-jupyter';
export const MODULE_VERSION = '0.1.0';
