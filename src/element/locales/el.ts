import type { Strings } from '../texts.js';

/** Greek. */
export default {
  signIn: 'Συνδεθείτε για να συνομιλήσετε μαζί μας.',
  signInAgain: 'Συνδεθείτε ξανά για να συνεχίσετε.',
  signInButton: 'Σύνδεση',
  blocked: 'Το πρόγραμμα περιήγησης απέκλεισε το παράθυρο σύνδεσης.',
  waiting: 'Ολοκληρώστε τη σύνδεση στο άλλο παράθυρο.',
  reopenButton: 'Άνοιγμα ξανά',
  cancel: 'Ακύρωση',
  failed: 'Η συνομιλία δεν είναι διαθέσιμη αυτήν τη στιγμή.',
  retryButton: 'Δοκιμάστε ξανά',
  dismiss: 'Κλείσιμο',
  launcher: 'Άνοιγμα συνομιλίας',
} satisfies Strings;
