export { parse as readPlan } from '../cleanup/parse';
