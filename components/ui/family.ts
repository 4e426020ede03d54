import {
  BellOff, Check, Circle, Clock, Eye, LoaderCircle, OctagonAlert, TriangleAlert, type LucideIcon,
} from 'lucide-react';

/** The eight meanings a colour may have. Always shown with an icon and a word: the colours alone are not separable. */
export type Family = 'neutral' | 'info' | 'progress' | 'success' | 'read' | 'warning' | 'danger' | 'optOut';

export const familyIcon: Record<Family, LucideIcon> = {
  neutral: Circle,
  info: Clock,
  progress: LoaderCircle,
  success: Check,
  read: Eye,
  warning: TriangleAlert,
  danger: OctagonAlert,
  optOut: BellOff,
};

/** Tint with text on it: badges, callouts. */
export const familyTint: Record<Family, string> = {
  neutral: 'bg-neutral-tint text-neutral-text',
  info: 'bg-info-tint text-info-text',
  progress: 'bg-progress-tint text-progress-text',
  success: 'bg-success-tint text-success-text',
  read: 'bg-read-tint text-read-text',
  warning: 'bg-warning-tint text-warning-text',
  danger: 'bg-danger-tint text-danger-text',
  optOut: 'bg-opt-out-tint text-opt-out-text',
};

/** Half the tint, for large areas: text stays in the page's colour, only the icon speaks. */
export const familyCallout: Record<Family, string> = {
  neutral: 'border-neutral-fill/35 bg-neutral-tint/50 [&>svg]:text-neutral-text',
  info: 'border-info-fill/35 bg-info-tint/50 [&>svg]:text-info-text',
  progress: 'border-progress-fill/35 bg-progress-tint/50 [&>svg]:text-progress-text',
  success: 'border-success-fill/35 bg-success-tint/50 [&>svg]:text-success-text',
  read: 'border-read-fill/35 bg-read-tint/50 [&>svg]:text-read-text',
  warning: 'border-warning-fill/35 bg-warning-tint/50 [&>svg]:text-warning-text',
  danger: 'border-danger-fill/35 bg-danger-tint/50 [&>svg]:text-danger-text',
  optOut: 'border-opt-out-fill/35 bg-opt-out-tint/50 [&>svg]:text-opt-out-text',
};

/** Solid fill, at least 3:1 on the page: bar segments, dots. */
export const familyFill: Record<Family, string> = {
  neutral: 'bg-neutral-fill',
  info: 'bg-info-fill',
  progress: 'bg-progress-fill',
  success: 'bg-success-fill',
  read: 'bg-read-fill',
  warning: 'bg-warning-fill',
  danger: 'bg-danger-fill',
  optOut: 'bg-opt-out-fill',
};

/** The same solid colour for icons and short text beside it. */
export const familyInk: Record<Family, string> = {
  neutral: 'text-neutral-fill',
  info: 'text-info-fill',
  progress: 'text-progress-fill',
  success: 'text-success-fill',
  read: 'text-read-fill',
  warning: 'text-warning-fill',
  danger: 'text-danger-fill',
  optOut: 'text-opt-out-fill',
};
