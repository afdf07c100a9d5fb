export { directiveMeaning, nearestDirective } from '../cleanup/meanings';
