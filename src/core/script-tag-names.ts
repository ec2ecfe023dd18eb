/** Attributes of the script tag that are not for the element. */
export const ownNames: readonly string[] = ['data-mount', 'data-gc-auth-messenger'];

/** A tag of ours has at least one of these, even where others are forgotten: then the element says so. */
export const required = ['deployment-id', 'environment', 'authority', 'client-id'];
