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
