/**
 * @typedef {object} DemoTask
 * @property {string} title
 * @property {string} [description]
 * @property {"low" | "medium" | "high"} [priority]
 * @property {number} [dueInDays] from the day of seeding
 * @property {boolean} [isDone]
 */

/** @type {DemoTask[]} the oldest first */
export const demoTasks = [
  { title: "Renew the library card", isDone: true },
  { title: "Send the signed lease back", priority: "high", isDone: true },
  {
    title: "Try the bread recipe from Aunt Inés",
    description: "500 g flour, 12 h rest.",
    isDone: true,
  },
  { title: "Cancel the gym membership", priority: "medium", dueInDays: -6, isDone: true },
  { title: "Back up the photos from the summer", description: "Two copies: the disk, and Mira's." },
  { title: "Fix the dripping tap in the kitchen", priority: "medium", dueInDays: -2 },
  { title: "Book a dentist appointment", dueInDays: -1, priority: "low" },
  { title: "Read chapter 4 of “Working in Public”" },
  {
    title: "Prepare the quarterly numbers",
    description: "- revenue by region\n- churn, with last year beside it\n- one slide, not five",
    priority: "high",
    dueInDays: 0,
  },
  { title: "Water the plants", dueInDays: 0 },
  { title: "Buy oat milk, coffee and lemons", dueInDays: 0, priority: "low" },
  { title: "Call Grandma", dueInDays: 1, priority: "medium" },
  { title: "Reply to the school about the excursion", dueInDays: 1, priority: "high" },
  { title: "Return the parcel", description: "The label is in the drawer.", dueInDays: 2 },
  { title: "Order a birthday present for Jonas", dueInDays: 3, priority: "medium" },
  { title: "Review Priya's pull request", priority: "high", dueInDays: 1 },
  {
    title: "Plan the route for the hike 🥾",
    dueInDays: 4,
    description: "Trains back until 21:40.",
  },
  { title: "Pay the electricity bill", dueInDays: 5, priority: "high" },
  { title: "Clean the bicycle chain" },
  {
    title: "Renew the passport",
    dueInDays: 21,
    priority: "medium",
    description: "Needs a new photo.",
  },
  { title: "Compare home insurance", dueInDays: 30, priority: "low" },
  { title: "Write down what to ask at the appraisal", dueInDays: 9 },
  { title: "Learn the chords of “Harvest Moon”" },
  { title: "Donate the winter coats", priority: "low" },
  { title: "Find a weekend for the cabin", description: "Ask Tomás and Lea first.", dueInDays: 14 },
];
