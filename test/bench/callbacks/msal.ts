import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';

// https://learn.microsoft.com/entra/msal/javascript/browser/redirect-uri-considerations
void broadcastResponseToMainFrame();
