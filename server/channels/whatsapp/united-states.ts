// Area codes of +1 that are not of the United States; new ones appear rarely, and the error 63049 says what this table does not.
const CANADA = '204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 460 468 474 506 514 519 548 579 581 584 587 600 604 613 622 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942';
const ISLANDS = '242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876';
const elsewhere = new Set(`${CANADA} ${ISLANDS}`.split(' '));

/** D14: Meta delivers no marketing template to numbers of the United States, with +1 and one of its area codes. Takes E.164, also with a channel before it. */
export function isUnitedStates(address: string): boolean {
  const area = /^(?:[a-z]+:)?\+1(\d{3})/.exec(address)?.[1];
  return area !== undefined && !elsewhere.has(area);
}
