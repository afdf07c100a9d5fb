export { headerOf, parse as readPlan } from '../cleanup/parse';
export { PlanText } from '../cleanup/planText';
